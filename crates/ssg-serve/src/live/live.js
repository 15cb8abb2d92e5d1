// Live reload. Part of `ssg serve`, and of no built site: the server adds it to pages on their way out.
(() => {
  "use strict";
  const tag = document.currentScript;
  if (!tag || window.__ssg) return;
  // A page within a page of the site goes with that one. In a frame of somebody else, such as the preview of an
  // editor, there is no such page, and even to look at it is refused.
  for (let at = window; at !== window.top; ) {
    at = at.parent;
    try {
      if (at.location.host === location.host) return;
    } catch {}
  }
  window.__ssg = "waiting"; // And "live" while this tab hears of changes.
  const own = tag.dataset;
  const KEEP = "ssg:keep"; // Where the reader was, for the page after a reload.
  const RELOADS = "ssg:reloads"; // When this tab reloaded lately.

  // ---- Where the reader is -------------------------------------------------------------------

  // A selector for an element: its id, or its place among its siblings.
  const selectorOf = (element) => {
    const steps = [];
    for (let at = element; at && at !== document.documentElement; at = at.parentElement) {
      if (at.id) {
        steps.unshift("#" + CSS.escape(at.id));
        break;
      }
      steps.unshift(":nth-child(" + (1 + Array.prototype.indexOf.call(at.parentElement.children, at)) + ")");
    }
    return steps.join(" > ");
  };

  const keep = () => {
    const focus = document.activeElement;
    const kept = { at: location.href, x: scrollX, y: scrollY };
    if (focus && focus !== document.body) {
      kept.focus = selectorOf(focus);
      // Reading a selection throws on inputs that have none, such as check boxes.
      try {
        kept.value = focus.value;
        kept.from = focus.selectionStart;
        kept.to = focus.selectionEnd;
      } catch {}
    }
    sessionStorage.setItem(KEEP, JSON.stringify(kept));
  };

  const restore = () => {
    let kept;
    try {
      kept = JSON.parse(sessionStorage.getItem(KEEP));
      sessionStorage.removeItem(KEEP);
    } catch {}
    if (!kept || kept.at !== location.href) return;
    const scroll = () => scrollTo({ left: kept.x, top: kept.y, behavior: "instant" });
    const place = () => {
      scroll();
      const focus = kept.focus && document.querySelector(kept.focus);
      if (!focus) return;
      focus.focus({ preventScroll: true });
      try {
        if (kept.value !== undefined && focus.type !== "password") focus.value = kept.value;
        if (kept.from != null) focus.setSelectionRange(kept.from, kept.to);
      } catch {}
    };
    if (document.readyState === "loading") addEventListener("DOMContentLoaded", place);
    else place();
    // Images give the page its height only now; a reader who has moved meanwhile is left alone.
    let moved = false;
    for (const sign of ["wheel", "touchstart", "keydown", "pointerdown"]) {
      addEventListener(sign, () => (moved = true), { once: true, passive: true });
    }
    addEventListener("load", () => moved || scroll());
  };

  // ---- Reloading -----------------------------------------------------------------------------

  let leaving = false;
  const reload = () => {
    if (leaving) return;
    leaving = true;
    // Whatever goes wrong, a tab must not reload in a hot loop: after eight in four seconds it waits.
    let times = [];
    try {
      times = JSON.parse(sessionStorage.getItem(RELOADS)) || [];
    } catch {}
    times = times.filter((time) => time > Date.now() - 4000).concat(Date.now());
    const go = () => {
      try {
        sessionStorage.setItem(RELOADS, JSON.stringify(times));
        keep();
      } catch {}
      location.reload();
    };
    if (times.length > 8) setTimeout(go, 2000);
    else go();
  };

  // ---- Files besides the page ----------------------------------------------------------------

  const pathOf = (address) => {
    try {
      const url = new URL(address, document.baseURI);
      return url.host === location.host ? decodeURI(url.pathname) : null;
    } catch {
      return null;
    }
  };
  // The same address, made new so that the browser asks again.
  const fresh = (address) => {
    const url = new URL(address, document.baseURI);
    url.searchParams.set("ssg", String(Date.now()));
    return url.href;
  };

  const swapSheets = (path) => {
    const links = [...document.querySelectorAll("link[href]")].filter(
      (link) => /\bstylesheet\b/i.test(link.rel) && pathOf(link.href) === path,
    );
    for (const link of links) {
      // The old sheet stays until the new one is there, so that the page never stands bare.
      if (link.ssgNext) link.ssgNext.remove();
      const next = link.cloneNode();
      next.href = fresh(link.href);
      link.ssgNext = next;
      next.onload = () => link.remove();
      next.onerror = () => next.remove();
      link.after(next);
    }
    return links.length > 0;
  };

  const swapImages = (path) => {
    let found = false;
    const swap = (element, name) => {
      const value = element.getAttribute(name);
      if (value && pathOf(value) === path) {
        element.setAttribute(name, fresh(value));
        found = true;
      }
    };
    for (const image of document.querySelectorAll("img[src], input[type=image][src]")) swap(image, "src");
    for (const video of document.querySelectorAll("video[poster]")) swap(video, "poster");
    for (const icon of document.querySelectorAll("link[rel~=icon][href]")) swap(icon, "href");
    for (const image of document.querySelectorAll("img[srcset], source[srcset]")) {
      const old = image.getAttribute("srcset");
      const set = old.replace(/(\s*)(\S*[^\s,])/g, (all, space, word) =>
        pathOf(word) === path && !/^[\d.]+[wxh]$/.test(word) ? space + fresh(word) : all,
      );
      if (set !== old) {
        image.setAttribute("srcset", set);
        found = true;
      }
    }
    for (const element of document.querySelectorAll("[style*='url(']")) {
      const old = element.getAttribute("style");
      const style = old.replace(/url\((['"]?)([^'")]+)\1\)/g, (all, quote, address) =>
        pathOf(address) === path ? "url(" + quote + fresh(address) + quote + ")" : all,
      );
      if (style !== old) {
        element.setAttribute("style", style);
        found = true;
      }
    }
    return found;
  };

  // Scripts, fonts, imported sheets, pictures of sheets, what scripts have fetched: all that the page
  // has loaded and that cannot be put in the place of the old.
  const hasLoaded = (path) =>
    performance.getEntriesByType("resource").some((one) => !one.name.includes("/.ssg/") && pathOf(one.name) === path);

  const refresh = (address, certain) => {
    const path = pathOf(address);
    if (!path) return;
    if (/\.css$/i.test(path) ? swapSheets(path) : swapImages(path)) return;
    if (certain && hasLoaded(path)) reload();
  };

  // ---- The overlay ---------------------------------------------------------------------------

  const STYLE = `
    :host { all: initial; }
    .veil { position: fixed; inset: 0; z-index: 2147483647; overflow: auto; padding: 4vh 4vw; background: #000a;
      font: 15px/1.5 system-ui, sans-serif; color: #eee; }
    .box { max-width: 60rem; margin: auto; padding: 1.25rem 1.5rem; border-radius: .5rem; background: #1c1d22;
      border-top: .3rem solid #f2555a; box-shadow: 0 1rem 3rem #000a; }
    header { display: flex; justify-content: space-between; align-items: baseline; gap: 1rem; }
    h1 { margin: 0; font-size: 1.1rem; } h2 { margin: 1.25rem 0 0; font-size: 1rem; }
    h2 b { color: #ff8a8e; } .warning h2 b { color: #f0c060; }
    .place { color: #9ecbff; font-family: ui-monospace, monospace; overflow-wrap: anywhere; }
    pre { margin: .5rem 0; padding: .75rem; overflow: auto; border-radius: .25rem; background: #0d0e11;
      font: 13px/1.45 ui-monospace, monospace; tab-size: 4; }
    p { margin: .25rem 0; overflow-wrap: anywhere; } small { color: #aaa; }
    button { font: inherit; color: inherit; background: #33353d; border: 1px solid #777; border-radius: .25rem;
      padding: .15rem .6rem; cursor: pointer; }
    .badge { position: fixed; z-index: 2147483646; inset: auto auto .75rem .75rem; padding: .2rem .6rem;
      border-radius: 1rem; font: 600 12px/1.4 system-ui, sans-serif; color: #221a00; background: #f5c542;
      box-shadow: 0 1px 4px #0006; pointer-events: none; }
    @media print { .veil, .badge { display: none; } }`;

  let root = null;
  // A place of our own, which neither the site's style nor its scripts reach by accident.
  const stage = () => {
    if (!root) {
      const host = document.createElement("ssg-live");
      root = host.attachShadow({ mode: "open" });
      add(root, "style", STYLE);
    }
    // Scripts of the site may replace what is in the page.
    if (!root.host.isConnected) document.documentElement.append(root.host);
    return root;
  };
  // Text only: what comes from content never becomes markup.
  const add = (parent, name, text, kind) => {
    const element = document.createElement(name);
    if (text) element.textContent = text;
    if (kind) element.className = kind;
    parent.append(element);
    return element;
  };

  let dismissed = "";
  let shown = "";
  const closeOverlay = () => root && root.querySelector(".veil")?.remove();
  const dismiss = () => {
    dismissed = shown;
    closeOverlay();
  };

  const showProblems = (problems, text) => {
    shown = text;
    closeOverlay();
    const errors = problems.filter((one) => one.severity === "error");
    if (!errors.length || text === dismissed) return;
    const veil = add(stage(), "div", "", "veil");
    veil.setAttribute("role", "alertdialog");
    veil.setAttribute("aria-label", "Problems of this site");
    const box = add(veil, "div", "", "box");
    const header = add(box, "header");
    add(header, "h1", errors.length === 1 ? "The site has an error" : `The site has ${errors.length} errors`);
    const button = add(header, "button", "Close (Esc)");
    button.onclick = dismiss;
    const sorted = errors.concat(problems.filter((one) => one.severity !== "error"));
    for (const one of sorted.slice(0, 20)) {
      const section = add(box, "section", "", one.severity);
      const title = add(section, "h2");
      add(title, "b", one.severity + ": ");
      title.append(one.message);
      const place = [one.path, one.line, one.column].filter(Boolean).join(":");
      if (place) add(section, "p", place, "place");
      if (one.excerpt) add(section, "pre", one.excerpt);
      for (const hint of one.hints) add(section, "p", "hint: " + hint);
    }
    if (sorted.length > 20) add(box, "p", `and ${sorted.length - 20} more, in the terminal`);
    add(add(box, "p"), "small", "The page below is the last good one. This goes away when the error is fixed.");
  };

  addEventListener(
    "keydown",
    (event) => {
      if (event.key === "Escape" && root && root.querySelector(".veil")) {
        dismiss();
        event.stopPropagation();
      }
    },
    true,
  );

  // ---- The channel ---------------------------------------------------------------------------

  let source = null;
  let seen = "";
  let again = 0;

  const close = () => {
    clearTimeout(again);
    if (source) source.close();
    source = null;
    window.__ssg = "waiting";
  };

  const connect = () => {
    close();
    if (leaving) return;
    const query = {
      file: own.ssgFile,
      path: location.pathname,
      hash: own.ssgHash,
      age: Math.ceil(performance.now()),
      seen,
    };
    const text = Object.entries(query).map(([name, value]) => name + "=" + encodeURIComponent(value));
    source = new EventSource("/.ssg/events?" + text.join("&"));
    const on = (name, act) =>
      source.addEventListener(name, (event) => {
        seen = event.lastEventId || seen;
        act(JSON.parse(event.data), event.data);
      });
    on("hello", () => (window.__ssg = "live"));
    on("beat", () => {});
    on("reload", reload);
    on("navigate", (address) => document.hidden || location.assign(address));
    on("assets", ({ changed, maybe }) => {
      for (const address of changed) refresh(address, true);
      for (const address of maybe) refresh(address, false);
    });
    on("problems", showProblems);
    on("fixed", () => {
      shown = dismissed = "";
      closeOverlay();
    });
    // Browsers connect again by themselves after most failures, but give up after some.
    source.onerror = () => {
      window.__ssg = "waiting";
      if (source && source.readyState === EventSource.CLOSED) again = setTimeout(connect, 1000);
    };
  };

  // A browser has six connections per server, so only tabs that are looked at hold one. A tab that
  // was hidden tells what it saw last, and is told the rest.
  let hiding = 0;
  const follow = () => {
    clearTimeout(hiding);
    if (!document.hidden) source || connect();
    else if (source) hiding = setTimeout(close, 20000);
  };
  document.addEventListener("visibilitychange", follow);
  addEventListener("pagehide", close);
  addEventListener("pageshow", (event) => event.persisted && follow());

  performance.setResourceTimingBufferSize?.(2000);
  if (own.ssgBadge) add(stage(), "div", own.ssgBadge, "badge");
  restore();
  follow();
})();
