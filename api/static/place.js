// Suggests towns while a person types: an editable combobox with a list (ARIA Authoring Practices). Without it the form
// works all the same: the server looks the town up.
"use strict";

const WAIT = 150;

function start(box) {
  const input = box.querySelector("input#place");
  const form = input.form;
  const list = document.createElement("ul");
  const status = document.createElement("p");
  let found = [];
  let active = -1;
  let asked = 0;
  let timer = 0;

  list.id = "place-list";
  list.className = "suggestions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", box.querySelector("label").textContent);
  status.className = "unseen";
  status.setAttribute("role", "status");
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-expanded", "false");
  input.after(list, status);

  function close() {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function mark(next) {
    active = (next + found.length) % found.length;
    [...list.children].forEach((item, place) => item.setAttribute("aria-selected", String(place === active)));
    list.children[active].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", list.children[active].id);
  }

  function set(name, value) {
    const field = form.elements.namedItem(name);
    if (field) field.value = value;
  }

  function take(place) {
    const people = place.population === null ? "" : String(place.population);
    input.value = place.name;
    form.querySelectorAll("input[type=radio][name=place_id]").forEach((radio) => radio.closest("fieldset").remove());
    if (!form.elements.namedItem("place_id")) {
      const hidden = document.createElement("input");
      hidden.type = "hidden";
      hidden.name = "place_id";
      form.append(hidden);
    }
    set("place_id", String(place.geoname_id));
    set("country", place.country);
    set("population", people);
    set("taken", [place.geoname_id, place.country, people, place.name].join("|"));
    close();
  }

  function text(place) {
    const people = place.population === null ? "" : " · " + place.population.toLocaleString(box.dataset.place);
    return place.name + ", " + place.country_name + people;
  }

  function show(places) {
    found = places;
    list.replaceChildren(...places.map((place, index) => {
      const item = document.createElement("li");
      item.id = "place-" + index;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      item.textContent = text(place);
      item.addEventListener("mousedown", (event) => { event.preventDefault(); take(place); });
      return item;
    }));
    if (places.length === 0) close();
    list.hidden = places.length === 0;
    input.setAttribute("aria-expanded", String(places.length > 0));
    status.textContent = places.length === 0 ? input.dataset.none : input.dataset.some;
  }

  async function ask() {
    const turn = ++asked;
    const words = new URLSearchParams({ q: input.value, language: box.dataset.place });
    try {
      const answer = await fetch("/v1/places?" + words);
      const places = answer.ok ? (await answer.json()).places : [];
      if (turn === asked && document.activeElement === input) show(places);
    } catch {
      close(); // offline: the server looks the town up when the form is sent
    }
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    asked += 1;
    if (input.value.trim().length < 2) close();
    else timer = setTimeout(ask, WAIT);
  });
  input.addEventListener("keydown", (event) => {
    const open = !list.hidden;
    if (event.key === "ArrowDown" && found.length && input.value.trim()) {
      if (!open) show(found);
      mark(active + 1);
    } else if (event.key === "ArrowUp" && open) mark(active < 0 ? found.length - 1 : active - 1);
    else if (event.key === "Enter" && open && active >= 0) take(found[active]);
    else if (event.key === "Escape" && open) close();
    else return;
    event.preventDefault();
  });
  input.addEventListener("blur", close);
}

document.querySelectorAll("[data-place]").forEach(start);
