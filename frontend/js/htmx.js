// htmx is published to the page before its policy extension, which looks for the global name.
import htmx from "htmx.org/dist/htmx.esm.js";

window.htmx = htmx;

export default htmx;
