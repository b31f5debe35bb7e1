"use strict";
// The page is whole without this: it adds filters, steps from finding to finding, and links that light up.
for (const bar of document.querySelectorAll(".filters")) bar.hidden = false;

for (const story of document.querySelectorAll(".story")) {
  const cards = [...story.querySelectorAll(".finding:not(.aside)")];

  const light = (id, on) => {
    for (const element of story.querySelectorAll("[data-findings], [data-finding]")) {
      const ids = (element.dataset.findings || element.dataset.finding).split(" ");
      if (ids.includes(id) && !element.classList.contains("flag")) element.classList.toggle("lit", on);
    }
  };
  // Only the panel scrolls: the reader's place in the text stays.
  const panel = story.querySelector(".panel");
  const bring = (id) => {
    const card = story.querySelector(`.finding[data-finding="${id}"]`);
    if (!card.checkVisibility() || panel.scrollHeight <= panel.clientHeight) return;
    const [inner, outer] = [card.getBoundingClientRect(), panel.getBoundingClientRect()];
    if (inner.top < outer.top || inner.bottom > outer.bottom) panel.scrollTop += inner.top - outer.top - 16;
  };
  for (const flag of story.querySelectorAll(".flag")) {
    for (const name of ["mouseenter", "focusin"]) flag.addEventListener(name, () => bring(flag.dataset.finding));
  }

  for (const element of story.querySelectorAll("[data-finding]")) {
    for (const [name, on] of [["mouseenter", true], ["mouseleave", false], ["focusin", true], ["focusout", false]]) {
      element.addEventListener(name, () => light(element.dataset.finding, on));
    }
  }

  for (const box of story.querySelectorAll("[data-filter] input")) {
    box.addEventListener("change", () => {
      for (const element of story.querySelectorAll(`[data-level="${box.name}"]`)) {
        if (!element.classList.contains("aside")) element.hidden = !box.checked;
      }
    });
  }

  for (const button of story.querySelectorAll("[data-step]")) {
    button.addEventListener("click", () => {
      const list = cards.filter((card) => !card.hidden);
      if (!list.length) return;
      const step = Number(button.dataset.step);
      const last = list.findIndex((card) => card.classList.contains("current"));
      const next = list[(last + step + list.length + (last < 0 && step < 0 ? 1 : 0)) % list.length];
      for (const card of cards) {
        card.classList.remove("current");
        light(card.dataset.finding, false);
      }
      next.classList.add("current");
      light(next.dataset.finding, true);
      const passage = story.querySelector(`[data-findings~="${next.dataset.finding}"]`);
      if (passage) passage.scrollIntoView({ block: "center" });
      next.scrollIntoView({ block: "nearest" });
    });
  }
}

for (const box of document.querySelectorAll('[data-filter="stories"] input')) {
  box.addEventListener("change", () => {
    for (const row of document.querySelectorAll('#overview tr[data-findings="0"]:not([data-unchecked])')) {
      row.hidden = !box.checked;
    }
  });
}
