// Keeps the viewer page up to date: the server sends parts of it, ready made,
// and each takes the place of the part with the same id.
"use strict";

const steps = document.getElementById("steps");
const items = document.getElementById("items");

function put(id, html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  const next = template.content.firstElementChild;
  const old = document.getElementById(id);
  if (!old) {
    items.append(next);
    return;
  }
  if (old.outerHTML === next.outerHTML) return; // spare the screen reader
  const open = old.querySelector("details")?.open;
  const details = next.querySelector("details");
  if (open && details) details.open = true;
  old.replaceWith(next);
}

// The steps follow the run only while their end is in view.
function atEnd(box) {
  return box.scrollHeight - box.scrollTop - box.clientHeight < 4;
}

function watch() {
  const address = new URL(location.pathname + "/events", location.origin);
  address.searchParams.set("token", new URLSearchParams(location.search).get("token"));
  address.searchParams.set("since", document.body.dataset.revision);
  const source = new EventSource(address);
  source.onopen = () => document.body.classList.remove("lost");
  source.onerror = () => document.body.classList.add("lost"); // it tries again by itself
  source.onmessage = (event) => {
    const follow = atEnd(steps);
    for (const { id, html } of JSON.parse(event.data)) put(id, html);
    if (follow) steps.scrollTop = steps.scrollHeight;
  };
  source.addEventListener("end", () => source.close());
}

if (!("ended" in document.body.dataset)) watch();
