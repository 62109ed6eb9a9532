// The map, for those who point, pinch or press keys. Without this script each area is a link, and the table says it all.
"use strict";

(() => {
  const map = document.getElementById("map");
  if (!map?.querySelector("#map-areas a")) return;
  const tools = document.getElementById("map-tools");
  const said = document.getElementById("map-said");
  const help = document.getElementById("map-help");
  const areas = [...map.querySelectorAll("#map-areas a")];
  const whole = map.viewBox.baseVal;
  const [width, height] = [whole.width, whole.height];
  const most = 12;
  const patterns = [...map.querySelectorAll("pattern:not([id$=-key])")].map((each) => [each, parseFloat(each.getAttribute("patternTransform").slice(6))]);
  let view = { x: 0, y: 0, scale: 1 };

  // Where each area is, for the arrow keys: the middle of the box around it.
  const middles = new Map(areas.map((area) => {
    const box = area.getBBox();
    return [area, { x: box.x + box.width / 2, y: box.y + box.height / 2, box }];
  }));
  const areaOf = (link) => {
    const use = link.querySelector("use");
    return use ? map.querySelector(use.getAttribute("href")).parentNode : link;
  };

  // The area that is pointed at or in focus is drawn once more, above its neighbours.
  const outlines = ["map__halo", "map__here"].map((name) => {
    const outline = document.createElementNS(map.namespaceURI, "path");
    outline.setAttribute("class", name);
    map.append(outline);
    return outline;
  });
  let shown = null;
  let chosen = null;
  const show = (area) => {
    if (area === shown) return;
    shown = area;
    const around = area.querySelector("path").getAttribute("d");
    outlines.forEach((outline) => outline.setAttribute("d", around));
    const [name, ...figures] = area.querySelector("title").textContent.split(": ");
    const link = document.createElement("a");
    link.href = area.href.baseVal;
    link.textContent = name;
    link.tabIndex = -1;
    const line = document.createElement("p");
    line.append(link, document.createElement("br"), figures.join(": "));
    said.replaceChildren(line);
  };

  const draw = () => {
    const scale = view.scale;
    const limit = (at, size) => Math.min(Math.max(at, 0), size - size / scale);
    view.x = limit(view.x, width);
    view.y = limit(view.y, height);
    map.setAttribute("viewBox", `${view.x} ${view.y} ${width / scale} ${height / scale}`);
    patterns.forEach(([each, grain]) => each.setAttribute("patternTransform", `scale(${grain / scale})`));
    tools.querySelector("[data-zoom=in]").disabled = scale >= most;
    tools.querySelectorAll("[data-zoom=out], [data-zoom=whole]").forEach((each) => { each.disabled = scale <= 1; });
  };
  // Places on the screen as places in the drawing.
  const place = (x, y) => {
    const box = map.getBoundingClientRect();
    return {
      x: view.x + ((x - box.left) / box.width) * (width / view.scale),
      y: view.y + ((y - box.top) / box.height) * (height / view.scale),
    };
  };
  // Keeps `fixed` where it is.
  const zoom = (times, fixed) => {
    const scale = Math.min(Math.max(view.scale * times, 1), most);
    const change = view.scale / scale;
    view = { x: fixed.x - (fixed.x - view.x) * change, y: fixed.y - (fixed.y - view.y) * change, scale };
    draw();
  };
  const middle = () => ({ x: view.x + width / view.scale / 2, y: view.y + height / view.scale / 2 });
  const inView = ({ x, y }) =>
    x >= view.x && x <= view.x + width / view.scale && y >= view.y && y <= view.y + height / view.scale;
  const bringIntoView = ({ box }) => {
    const [across, down] = [width / view.scale, height / view.scale];
    if (box.x < view.x || box.x + box.width > view.x + across) view.x = box.x + box.width / 2 - across / 2;
    if (box.y < view.y || box.y + box.height > view.y + down) view.y = box.y + box.height / 2 - down / 2;
    draw();
  };

  tools.addEventListener("click", (event) => {
    const how = event.target.dataset.zoom;
    if (!how) return;
    const about = chosen && inView(middles.get(chosen)) ? middles.get(chosen) : middle();
    if (how === "whole") view = { x: 0, y: 0, scale: 1 };
    zoom({ in: 1.6, out: 1 / 1.6, whole: 1 }[how], about);
    if (event.target.disabled) tools.querySelector("button:not([disabled])").focus();
  });

  // A wheel scrolls the page unless the key for zooming is held; a pinch on a touchpad arrives as just that.
  map.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    zoom(Math.exp(-event.deltaY / 200), place(event.clientX, event.clientY));
  }, { passive: false });

  // One mouse button drags, two fingers drag and pinch.
  const pointers = new Map();
  let moved = 0;
  let shownBefore = null;
  const span = () => {
    const [one, two = one] = [...pointers.values()];
    return { x: (one.x + two.x) / 2, y: (one.y + two.y) / 2, apart: Math.hypot(one.x - two.x, one.y - two.y) };
  };
  map.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "mouse" && event.button !== 0) return;
    if (!pointers.size) [moved, shownBefore] = [0, shown];
    pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
  });
  window.addEventListener("pointermove", (event) => {
    if (!pointers.has(event.pointerId)) return;
    const before = span();
    pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    if (event.pointerType !== "mouse" && pointers.size < 2) return;
    const now = span();
    moved += Math.hypot(now.x - before.x, now.y - before.y);
    const [from, to] = [place(before.x, before.y), place(now.x, now.y)];
    view.x += from.x - to.x;
    view.y += from.y - to.y;
    zoom(before.apart ? now.apart / before.apart : 1, place(now.x, now.y));
  });
  const letGo = (event) => pointers.delete(event.pointerId);
  window.addEventListener("pointerup", letGo);
  window.addEventListener("pointercancel", letGo);
  map.addEventListener("dragstart", (event) => event.preventDefault());

  // Only where the mouse itself moves: a page that scrolls beneath it must not take the read-out from the keys.
  map.addEventListener("pointermove", (event) => {
    const link = event.target.closest("a");
    const moves = event.movementX || event.movementY;
    if (link && moves && event.pointerType === "mouse" && !pointers.size) show(areaOf(link));
  });
  // A finger covers what it touches: the first touch shows, the second opens.
  map.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link) return;
    const area = areaOf(link);
    const byFinger = event.pointerType && event.pointerType !== "mouse";
    // A key, or what speaks for one, clicks nowhere: what was dragged before does not matter to it.
    const dragged = event.detail > 0 && moved > 5;
    if (dragged || (byFinger && area !== shownBefore)) event.preventDefault();
    chosen = area;
    show(area);
  });

  // One tab stop; arrows go to the nearest area that lies more in their direction than aside.
  let current = areas[0];
  const marked = map.querySelector(":scope > .map__marked");
  if (marked) current = areas.find((area) => area.querySelector("path").getAttribute("d") === marked.getAttribute("d"));
  const ahead = {
    ArrowLeft: (x, y) => [-x, y], ArrowRight: (x, y) => [x, y], ArrowUp: (x, y) => [-y, x], ArrowDown: (x, y) => [y, x],
  };
  const neighbour = (from, key) => {
    const start = middles.get(from);
    let [best, least] = [null, Infinity];
    middles.forEach(({ x, y }, area) => {
      const [along, aside] = ahead[key](x - start.x, y - start.y);
      const far = Math.hypot(along, aside) * (1 + Math.abs(aside) / along);
      if (area !== from && along > 0 && Math.abs(aside) <= along && far < least) [best, least] = [area, far];
    });
    return best;
  };
  const stopAt = (area) => {
    current.tabIndex = -1;
    current = area;
    current.tabIndex = 0;
  };
  // Heard around the drawing: one that hears of focus itself becomes a tab stop in some browsers.
  map.parentNode.addEventListener("focusin", (event) => {
    if (!map.contains(event.target)) return;
    const area = areaOf(event.target.closest("a"));
    stopAt(area);
    chosen = area;
    show(area);
    bringIntoView(middles.get(area));
  });
  map.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key in ahead) {
      event.preventDefault();
      const next = neighbour(current, event.key);
      if (next) next.focus();
    } else if (event.key === "Escape") {
      tools.querySelector("button").focus();
    }
  });

  map.removeAttribute("aria-hidden");
  map.setAttribute("role", "application");
  map.setAttribute("aria-label", document.querySelector("h1 + .kind").textContent);
  map.setAttribute("aria-describedby", help.id);
  stopAt(current);
  tools.hidden = help.hidden = false;
  draw();
})();
