/// The page's script: tables that sort, and the explorers of patients and drugs.
enum PageScript {
  /// Sorting by a click or a key on a header, and rows behind a button.
  static let tables = #"""
    "use strict";
    const make = (name, attributes = {}, ...children) => {
      const node = document.createElement(name);
      for (const [key, value] of Object.entries(attributes)) if (value !== null) node.setAttribute(key, value);
      node.append(...children);
      return node;
    };
    const numeric = cell => {
      if (!cell.hasAttribute("data-sort")) return null;
      const text = cell.getAttribute("data-sort");
      return text === "" ? NaN : Number(text);
    };
    function compare(a, b, direction) {
      const x = numeric(a), y = numeric(b);
      if (x !== null && y !== null) {
        if (Number.isNaN(x) || Number.isNaN(y)) return Number.isNaN(x) - Number.isNaN(y);
        return direction * (x - y);
      }
      return direction * a.textContent.localeCompare(b.textContent, "en", { numeric: true });
    }
    function limit(table) {
      const shown = Number(table.dataset.shown || 25), rows = [...table.tBodies[0].rows];
      const isOpen = table.dataset.open === "yes" || rows.length <= shown + 3;
      const marked = rows.filter(row => row.classList.contains("emphasis"));
      // A few rows that are set off stay, wherever they stand.
      const stays = row => marked.length <= 10 && row.classList.contains("emphasis");
      rows.forEach((row, index) => row.classList.toggle("beyond", !isOpen && index >= shown && !stays(row)));
      let button = table.nextElementSibling;
      if (!isOpen && !button) {
        button = make("button", { type: "button", class: "quiet more" }, `Show all ${rows.length} rows`);
        button.addEventListener("click", () => { table.dataset.open = "yes"; limit(table); button.remove(); });
        table.after(button);
      }
    }
    function sortable(table) {
      const heads = [...table.tHead.rows[0].cells];
      heads.forEach((head, column) => head.querySelector("button").addEventListener("click", () => {
        const direction = head.getAttribute("aria-sort") === "descending" ? 1
          : head.getAttribute("aria-sort") === "ascending" ? -1 : head.classList.contains("number") ? -1 : 1;
        heads.forEach(other => other.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", direction > 0 ? "ascending" : "descending");
        const body = table.tBodies[0];
        const rows = [...body.rows].sort((a, b) => compare(a.cells[column], b.cells[column], direction));
        body.append(...rows);
        limit(table);
      }));
      limit(table);
    }

    """#

  /// Colours of the system, or the other ones; sorting; then what the address asks for.
  static let start = #"""
    for (const table of document.querySelectorAll("table.sortable")) sortable(table);
    const theme = document.getElementById("theme");
    theme.hidden = false;
    theme.addEventListener("click", () => {
      const root = document.documentElement;
      const isDark = root.dataset.theme ? root.dataset.theme === "dark"
        : matchMedia("(prefers-color-scheme: dark)").matches;
      root.dataset.theme = isDark ? "light" : "dark";
    });
    addEventListener("beforeprint", () => {
      for (const fold of document.querySelectorAll("details")) fold.open = true;
    });
    if (document.getElementById("data")) explore(JSON.parse(document.getElementById("data").textContent));

    """#
}
