import { name } from "./late.f48e5b25af.js";
export const ring = (what) => name + what;
