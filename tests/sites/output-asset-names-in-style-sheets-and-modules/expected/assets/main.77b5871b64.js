import { ring } from "./parts/pager.f48e5b25af.js";
// import "./gone.js";
ring("import x from './text.js'");
if (location.hash) import("./parts/late.f48e5b25af.js");
