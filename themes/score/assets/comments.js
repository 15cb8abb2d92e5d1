// Loads comments from elsewhere in the place of the link that leads there, when a reader follows it.
(d => {
  const link = d.querySelector("#comments [data-load]");
  if (link) link.onclick = e => {
    if (e.button || e.metaKey || e.ctrlKey || e.shiftKey) return;
    e.preventDefault();
    const script = d.createElement("script");
    for (const { name, value } of link.attributes) if (name.startsWith("data-a-")) script.setAttribute(name.slice(7), value);
    link.parentNode.replaceWith(script);
  };
})(document);
