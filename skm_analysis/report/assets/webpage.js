"use strict";
{
  const hidden = "tersaring";
  const words = (text) => text.toLowerCase().split(/\s+/).filter(Boolean);

  // "1.234,5 (0,4)" is 1234.5; a date or "12 dari 30" is text.
  const LEADING = /^[<>≤≥+]?\s*([−–-]?(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?)(?![\d.,])(?!.*\p{L})/u;
  const numberIn = (text) => {
    const found = LEADING.exec(text);
    const digits = found && found[1].replace(/[−–]/, "-").replaceAll(".", "");
    return found ? Number(digits.replace(",", ".")) : null;
  };
  const isBlank = (text) => /^[–—-]?$/.test(text);
  const collator = new Intl.Collator("id", { numeric: true });

  // A row under which others belong, or the total of all, must stay where it is.
  const sortableRows = (table) => {
    if (table.tHead?.rows.length !== 1 || table.querySelector("tbody [colspan], tbody [rowspan]")) return [];
    const rows = [...table.tBodies[0].rows];
    while (rows.at(-1)?.classList.contains("jumlah")) rows.pop();
    const belongs = rows.some((row) => !row.cells[0].textContent.trim() || row.classList.contains("jumlah"));
    return rows.length < 3 || belongs ? [] : rows;
  };

  const sorted = (rows, at, direction) => {
    const texts = new Map(rows.map((row) => [row, row.cells[at].textContent.trim()]));
    const filled = rows.filter((row) => !isBlank(texts.get(row)));
    const numbers = new Map(filled.map((row) => [row, numberIn(texts.get(row))]));
    const numeric = [...numbers.values()].every((value) => value !== null);
    const compare = numeric
      ? (a, b) => numbers.get(a) - numbers.get(b)
      : (a, b) => collator.compare(texts.get(a), texts.get(b));
    filled.sort((a, b) => direction * compare(a, b));
    return [...filled, ...rows.filter((row) => isBlank(texts.get(row)))];
  };

  for (const table of document.querySelectorAll("main table")) {
    const rows = sortableRows(table);
    if (!rows.length) continue;
    const after = rows.at(-1).nextSibling;
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, at) => {
      if (!head.textContent.trim()) return;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "urut";
      button.title = "Urutkan menurut kolom ini";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const next = { null: "ascending", ascending: "descending" }[head.getAttribute("aria-sort")];
        heads.forEach((each) => each.removeAttribute("aria-sort"));
        if (next) head.setAttribute("aria-sort", next);
        const ordered = next ? sorted(rows, at, next === "ascending" ? 1 : -1) : rows;
        for (const row of ordered) table.tBodies[0].insertBefore(row, after);
      });
    });
  }

  // A unit's chapter: its heading and all up to the next heading of that level.
  const chapters = [...document.querySelectorAll("main > [data-unit]")].map((heading) => {
    const parts = [heading];
    for (let next = heading.nextElementSibling; next; next = next.nextElementSibling) {
      if (/^H[1-6]$/.test(next.tagName) && next.tagName <= heading.tagName) break;
      parts.push(next);
    }
    const entry = document.querySelector(`.isi-samping a[href="#${heading.id}"]`);
    return { unit: heading.dataset.unit, heading, parts, entry: entry?.closest("li") };
  });

  if (chapters.length > 1) {
    const form = document.createElement("div");
    form.className = "saring";
    form.setAttribute("role", "search");
    form.innerHTML = `<label for="cari-unit">Cari unit</label>
      <input type="search" id="cari-unit" autocomplete="off" spellcheck="false" aria-describedby="kabar-unit">
      <button type="button" disabled>Semua unit</button>
      <p id="kabar-unit" role="status"></p>`;
    document.querySelector(".judul-samping").after(form);
    const [input, all, told] = ["input", "button", "p"].map((name) => form.querySelector(name));
    const rows = [...document.querySelectorAll("main tr[data-unit]")];
    const show = (element, shown) => element.classList.toggle(hidden, !shown);

    const filter = () => {
      const asked = words(input.value);
      const fits = (unit) => asked.every((word) => unit.toLowerCase().includes(word));
      const found = chapters.filter((chapter) => fits(chapter.unit));
      const narrowed = asked.length > 0 && found.length > 0;
      for (const { unit, parts, entry } of chapters) {
        for (const part of entry ? [...parts, entry] : parts) show(part, !narrowed || fits(unit));
      }
      for (const row of rows) show(row, !narrowed || fits(row.dataset.unit));
      for (const table of document.querySelectorAll("main table")) {
        const missing = table.querySelectorAll(`tr.${hidden}`).length;
        table.toggleAttribute("data-disaring", missing > 0);
      }
      all.disabled = !asked.length;
      told.textContent = !asked.length ? ""
        : !found.length ? "Tidak ada unit yang bernama demikian; semua unit ditampilkan."
        : `${found.length} dari ${chapters.length} unit ditampilkan; angka kota dan jumlah tetap untuk semua unit.`;
      return narrowed ? found : [];
    };
    input.addEventListener("input", filter);
    input.addEventListener("keydown", (event) => {
      if (event.key === "Enter") filter()[0]?.heading.scrollIntoView();
    });
    all.addEventListener("click", () => {
      input.value = "";
      filter();
      input.focus();
    });
    // A link, or the address, may lead to what is filtered away.
    const lead = () => {
      const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
      if (!target?.closest(`.${hidden}`)) return;
      input.value = "";
      filter();
      target.scrollIntoView();
    };
    addEventListener("hashchange", lead);
  }
}
