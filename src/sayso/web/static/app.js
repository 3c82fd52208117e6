// Makes pages that already work a little smoother. Nothing here is needed.

"use strict";

const token = document.body.dataset.token || "";

// -- the menu closes when you look elsewhere

for (const menu of document.querySelectorAll("details.menu")) {
  document.addEventListener("click", (event) => {
    if (menu.open && !menu.contains(event.target)) menu.open = false;
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && menu.open) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
}

// -- the toast leaves by itself, unless you are on it

for (const toast of document.querySelectorAll("[data-toast]")) {
  let timer = 0;
  const stay = () => clearTimeout(timer);
  const leave = () => {
    stay();
    timer = setTimeout(() => toast.remove(), 12000);
  };
  toast.addEventListener("pointerenter", stay);
  toast.addEventListener("pointerleave", leave);
  toast.addEventListener("focusin", stay);
  toast.addEventListener("focusout", leave);
  leave();
}

// -- a no, followed live from heard to certified

for (const list of document.querySelectorAll("[data-live]")) {
  const look = async () => {
    const answer = await fetch(`/api/me/withdrawals/${list.dataset.withdrawal}`, {
      headers: { accept: "application/json" },
    }).catch(() => null);
    if (answer && answer.ok) {
      const now = await answer.json();
      if (now.steps_done !== list.querySelectorAll(".done").length) {
        location.reload();
        return;
      }
    }
    setTimeout(look, 2000);
  };
  setTimeout(look, 1000);
}

// -- the next words in grey while you write: Tab takes them, Esc refuses

const form = document.querySelector("[data-compose]");
if (form) {
  const area = form.querySelector("#text");
  const sheet = form.querySelector("[data-sheet]");
  const says = form.querySelector("[data-ghost-says]");
  const label = form.querySelector("[data-ghost-switch]");
  const box = label.querySelector("input");
  const ghost = document.createElement("div");
  ghost.className = "ghost";
  ghost.setAttribute("aria-hidden", "true");
  sheet.append(ghost);
  label.hidden = false;
  box.checked = localStorage.getItem("sayso-finish") === "yes";

  let offered = "";
  let timer = 0;
  let asked = 0;

  const show = (words, about) => {
    offered = words;
    const more = document.createElement("em");
    more.textContent = words;
    ghost.replaceChildren(area.value, more);
    ghost.scrollTop = area.scrollTop;
    says.textContent = words ? [`Next words offered: ${words.trim()}`, ...about].join(" · ") : "";
  };

  const ask = async () => {
    const text = area.value;
    const number = ++asked;
    if (!box.checked || text.trim().length < 12 || area.selectionEnd !== text.length) return;
    const answer = await fetch("/api/suggestions", {
      method: "POST",
      headers: { "content-type": "application/json", "x-sayso-token": token },
      body: JSON.stringify({ kind: "continue", text }),
    }).catch(() => null);
    if (!answer || !answer.ok || number !== asked || area.value !== text) return;
    const found = await answer.json();
    if (!found.variants.length) return;
    const words = found.variants[0].text.trim();
    const names = found.credits.map((credit) => credit.name).filter(Boolean);
    const about = [found.variants[0].note, names.length ? `credit: ${names.join(", ")}` : ""];
    const gap = /\s$/.test(text) || /^[.,;:!?]/.test(words) ? "" : " ";
    show(gap + words, about.filter(Boolean));
  };

  area.addEventListener("input", () => {
    clearTimeout(timer);
    show("", []);
    timer = setTimeout(ask, 500);
  });
  area.addEventListener("scroll", () => { ghost.scrollTop = area.scrollTop; });
  area.addEventListener("keydown", (event) => {
    if (!offered) return;
    if (event.key === "Tab" && !event.shiftKey) {
      event.preventDefault();
      area.setRangeText(offered, area.value.length, area.value.length, "end");
      show("", []);
      timer = setTimeout(ask, 500);
    } else if (event.key === "Escape") {
      show("", []);
    }
  });
  area.addEventListener("blur", () => show("", []));
  box.addEventListener("change", () => {
    localStorage.setItem("sayso-finish", box.checked ? "yes" : "no");
    if (box.checked) ask();
    else show("", []);
  });
}

// Reviewing redaction: words that are selected in a text are filled in below it.
for (const review of document.querySelectorAll("[data-review]")) {
  const words = review.querySelector("[data-words]");
  document.addEventListener("selectionchange", () => {
    const chosen = document.getSelection();
    if (!chosen || chosen.isCollapsed) return;
    const within = review.contains(chosen.anchorNode) && review.contains(chosen.focusNode);
    if (within && !words.contains(chosen.anchorNode)) words.value = chosen.toString().trim();
  });
}
