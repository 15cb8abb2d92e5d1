export { ring } from "./pager.js";
export const name = "Ada";
