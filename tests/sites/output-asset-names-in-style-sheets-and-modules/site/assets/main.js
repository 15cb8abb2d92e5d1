import { ring } from "./parts/pager.js";
// import "./gone.js";
ring("import x from './text.js'");
if (location.hash) import("./parts/late.js");
