export { ring } from "./pager.f48e5b25af.js";
export const name = "Ada";
