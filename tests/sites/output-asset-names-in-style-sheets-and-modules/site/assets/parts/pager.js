import { name } from "./late.js";
export const ring = (what) => name + what;
