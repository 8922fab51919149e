extension PageScript {
  /// Patients and drugs: lists to pick from, a patient's mixture and ranked drugs, a drug's ranked patients.
  static let explorer = #"""
    function explore(data) {
      const bytes = Uint8Array.from(atob(data.numbers), letter => letter.charCodeAt(0));
      const view = new DataView(bytes.buffer), width = data.drugs.length, height = data.patients.length;
      const at = (patient, drug, part) => view.getUint16(6 * (patient * width + drug) + 2 * part, true);
      const probability = (patient, drug) => at(patient, drug, 0) / 65535;
      const logit = (patient, drug) => at(patient, drug, 1) / 1000 - 32;
      const deviation = (patient, drug) => at(patient, drug, 2) / 1000;
      const sigmoid = x => 1 / (1 + Math.exp(-x));
      const known = new Map();
      for (let i = 0; i < data.labels.length; i += 3) {
        known.set(data.labels[i] * width + data.labels[i + 1], data.labels[i + 2]);
      }
      const label = (patient, drug) => known.get(patient * width + drug);
      const sorted = data.drugs.map((_, drug) =>
        Float64Array.from({ length: height }, (_, patient) => probability(patient, drug)).sort());
      // Share of the patients whose prediction is lower; half of those that are equal.
      const percentile = (patient, drug) => {
        const list = sorted[drug], value = probability(patient, drug);
        const below = bound(list, value, false), equal = bound(list, value, true) - below;
        return height > 1 ? 100 * (below + (equal - 1) / 2) / (height - 1) : 50;
      };
      function bound(list, value, isUpper) {
        let low = 0, high = list.length;
        while (low < high) {
          const middle = (low + high) >> 1;
          if (list[middle] < value || (isUpper && list[middle] === value)) low = middle + 1; else high = middle;
        }
        return low;
      }

      const fixed = (x, digits) => x.toFixed(digits).replace("-", "\u2212");
      const percent = x => x >= 0.1 ? fixed(100 * x, 1) + " %" : fixed(100 * x, 2) + " %";
      const cell = (content, sort, kind) => make("td",
        { class: kind ?? "number", "data-sort": sort === undefined ? null : String(sort) }, content);
      const bar = share => make("span", { class: "bar", "aria-hidden": "true" },
        make("span", { style: `width:${(100 * Math.min(1, Math.max(0, share))).toFixed(1)}%` }));
      function interval(patient, drug) {
        const middle = probability(patient, drug), mean = logit(patient, drug), spread = deviation(patient, drug);
        const low = 100 * sigmoid(mean - spread), high = 100 * sigmoid(mean + spread);
        return make("span", { class: "scale", "aria-hidden": "true" },
          make("span", { class: "reach", style: `left:${low.toFixed(1)}%;width:${Math.max(1, high - low).toFixed(1)}%` }),
          make("span", { class: "point", style: `left:${(100 * middle).toFixed(1)}%` }));
      }
      const chip = value => value === undefined ? make("span", { class: "none" }, "\u2013")
        : make("span", { class: value ? "chip yes" : "chip no" }, value ? "\u25B2 yes" : "\u25BC no");
      function sheet(caption, titles, rows, shown) {
        const heads = titles.map(([title, isNumber]) => make("th", { scope: "col", class: isNumber ? "number" : null },
          make("button", { type: "button", class: "sort" }, title)));
        const table = make("table", { class: "sortable", "data-shown": String(shown) }, make("caption", {}, caption),
          make("thead", {}, make("tr", {}, ...heads)), make("tbody", {}, ...rows));
        const frame = make("div", { class: "sheet" }, table);
        sortable(table);
        return frame;
      }
      const link = (kind, name) =>
        make("a", { href: `#${kind}=${encodeURIComponent(name)}` }, name);

      function mixture(patient) {
        const parts = data.patients[patient].mixture, rows = [];
        let most = 0, total = 0;
        for (let i = 0; i < parts.length; i += 2) { most = Math.max(most, parts[i + 1]); total += parts[i + 1]; }
        for (let i = 0; i < parts.length; i += 2) {
          rows.push(make("tr", {}, make("th", { scope: "row" }, data.lines[parts[i]]),
            cell(data.lineTissues[parts[i]] || "\u2013", undefined, "words"), cell(percent(parts[i + 1]), parts[i + 1]),
            cell(bar(most ? parts[i + 1] / most : 0), parts[i + 1], "drawn")));
        }
        if (!rows.length) return make("p", { class: "reason" }, "No mixture is known for this patient.");
        return make("div", {},
          make("h4", {}, "Mixture of cell lines"),
          make("p", { class: "hint" }, `The ${rows.length} heaviest lines hold ${percent(total)} of the weight.`),
          sheet("Heaviest cell lines of the patient", [["Cell line"], ["Tissue"], ["Weight", true],
            ["Beside the heaviest"]], rows, 10));
      }
      function showPatient(patient) {
        const entry = data.patients[patient];
        const order = data.drugs.map((_, drug) => drug).sort((a, b) => probability(patient, b) - probability(patient, a));
        const rows = order.map((drug, rank) => make("tr", { class: label(patient, drug) === undefined ? null : "emphasis" },
          make("th", { scope: "row" }, link("drug", data.drugs[drug])), cell(String(rank + 1), -rank),
          cell(fixed(probability(patient, drug), 3), probability(patient, drug)),
          cell(interval(patient, drug), probability(patient, drug), "drawn"),
          cell(`${fixed(logit(patient, drug), 2)} \u00B1 ${fixed(deviation(patient, drug), 2)}`, logit(patient, drug)),
          cell(`${Math.round(percentile(patient, drug))}`, percentile(patient, drug)),
          cell(chip(label(patient, drug)), label(patient, drug) ?? "", "words")));
        const facts = [entry.tissue || "tissue not known"];
        if (entry.entropy !== undefined && entry.entropy !== null) {
          facts.push(`entropy ${fixed(entry.entropy, 2)} nats, as of ${fixed(Math.exp(entry.entropy), 1)} lines in equal parts`);
        }
        const labels = order.filter(drug => label(patient, drug) !== undefined).length;
        facts.push(labels ? `${labels} known response${labels > 1 ? "s" : ""}` : "no known response");
        document.getElementById("patient").replaceChildren(
          make("h3", { "data-picked": entry.id }, entry.id), make("p", { class: "facts" }, facts.join(" \u00B7 ")),
          mixture(patient), make("h4", {}, "Drugs by predicted response"),
          make("p", { class: "hint" }, "Point: mean probability over folds; band: one standard deviation (SD) of the log " +
            `odds over ${data.folds} folds to either side. Percentile: the share of the ${height} patients who are ` +
            "predicted lower for the drug; it tells what is this patient's own from what all have."),
          sheet("Drugs ranked for the patient", [["Drug"], ["Rank", true], ["Probability", true], ["from 0 to 1"],
            ["Log odds \u00B1 SD", true], ["Percentile", true], ["Known response"]], rows, 20));
      }
      function histogram(drug) {
        const bins = new Array(40).fill(0), marks = [];
        for (let patient = 0; patient < height; patient++) {
          const x = probability(patient, drug);
          bins[Math.min(39, Math.floor(40 * x))] += 1;
          if (label(patient, drug) !== undefined) marks.push([x, label(patient, drug)]);
        }
        const svg = (name, attributes, ...children) => {
          const node = document.createElementNS(document.getElementById("shapes").namespaceURI, name);
          for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
          node.append(...children);
          return node;
        };
        const most = Math.max(...bins), picture = svg("svg", { viewBox: "0 0 640 190", class: "histogram", role: "img",
          "aria-label": `Distribution of predicted probabilities of ${data.drugs[drug]} over ${height} patients` });
        bins.forEach((count, index) => picture.append(svg("rect", { x: 20 + 15 * index, width: 13,
          y: 130 - 120 * count / most, height: 120 * count / most, class: "box" })));
        picture.append(svg("line", { x1: 20, x2: 620, y1: 130, y2: 130, class: "rule" }));
        for (const [x, value] of marks) {
          const at = 20 + 600 * x;
          const path = value ? `M${at} 136l5 9h-10z` : `M${at} 160l5 -9h-10z`;
          picture.append(svg("path", { d: path, class: value ? "yes" : "no" }));
        }
        for (const x of [0, 0.25, 0.5, 0.75, 1]) {
          picture.append(svg("text", { x: 20 + 600 * x, y: 180, "text-anchor": "middle" }, String(x)));
        }
        return picture;
      }
      function showDrug(drug) {
        const order = data.patients.map((_, patient) => patient)
          .sort((a, b) => probability(b, drug) - probability(a, drug));
        const rows = order.map((patient, rank) => make("tr",
          { class: label(patient, drug) === undefined ? null : "emphasis" },
          make("th", { scope: "row" }, link("patient", data.patients[patient].id)), cell(String(rank + 1), -rank),
          cell(data.patients[patient].tissue || "\u2013", undefined, "words"),
          cell(fixed(probability(patient, drug), 3), probability(patient, drug)),
          cell(interval(patient, drug), probability(patient, drug), "drawn"),
          cell(`${fixed(logit(patient, drug), 2)} \u00B1 ${fixed(deviation(patient, drug), 2)}`, logit(patient, drug)),
          cell(chip(label(patient, drug)), label(patient, drug) ?? "", "words")));
        const values = order.map(patient => label(patient, drug)).filter(value => value !== undefined);
        const yes = values.filter(value => value === 1).length, middle = sorted[drug];
        const facts = [`median probability ${fixed(middle[middle.length >> 1], 3)}`, values.length
          ? `${values.length} known responses: ${yes} responders, ${values.length - yes} non-responders`
          : "no known response"];
        document.getElementById("drug").replaceChildren(
          make("h3", { "data-picked": data.drugs[drug] }, data.drugs[drug]),
          make("p", { class: "facts" }, facts.join(" \u00B7 ")), histogram(drug),
          make("p", { class: "hint" }, "Predicted probability over patients. " + (values.length ?
            "\u25B2 known responders, \u25BC known non-responders." : "")),
          sheet("Patients ranked for the drug", [["Patient"], ["Rank", true], ["Tissue"], ["Probability", true],
            ["from 0 to 1"], ["Log odds \u00B1 SD", true], ["Known response"]], rows, 15));
      }

      function picker(kind, entries, plural) {
        const search = document.getElementById(`${kind}-search`), list = document.getElementById(`${kind}-list`);
        const count = document.getElementById(`${kind}-count`);
        const fill = () => {
          const words = search.value.toLowerCase().split(/\s+/).filter(Boolean), picked = list.value;
          const found = entries.filter(entry => words.every(word => entry.text.toLowerCase().includes(word)));
          list.replaceChildren(...found.map(entry => make("option", { value: entry.name }, entry.text)));
          list.value = picked;
          count.textContent = `${found.length} of ${entries.length} ${plural}`;
        };
        search.addEventListener("input", fill);
        search.addEventListener("keydown", event => {
          if (event.key === "Enter" && list.options.length) { list.selectedIndex = 0; go(); }
          if (event.key === "ArrowDown") { list.focus(); event.preventDefault(); }
        });
        const go = () => { if (list.value) location.hash = `${kind}=${encodeURIComponent(list.value)}`; };
        list.addEventListener("change", go);
        fill();
        return name => {
          if (![...list.options].some(option => option.value === name)) { search.value = ""; fill(); }
          list.value = name;
        };
      }
      const responses = data.patients.map(() => 0);
      for (let i = 0; i < data.labels.length; i += 3) responses[data.labels[i]] += 1;
      const pick = {
        patient: picker("patient", data.patients.map((entry, index) => ({ name: entry.id,
          text: [entry.id, entry.tissue].filter(Boolean).join(" \u00B7 ") + (responses[index] ? " \u25CF" : "") })),
          "patients (\u25CF: known response)"),
        drug: picker("drug", data.drugs.map(name => ({ name, text: name })), "drugs"),
      };
      const positions = { patient: new Map(data.patients.map((entry, index) => [entry.id, index])),
        drug: new Map(data.drugs.map((name, index) => [name, index])) };
      const show = { patient: showPatient, drug: showDrug }, current = {};
      function follow(kind, name) {
        if (!positions[kind].has(name)) return false;
        if (current[kind] !== name) { show[kind](positions[kind].get(name)); current[kind] = name; pick[kind](name); }
        return true;
      }
      function read() {
        const words = location.hash.slice(1).split("&").map(part => part.split("="));
        let last = null;
        for (const [kind, name] of words) {
          if (!positions[kind] || name === undefined) continue;
          let plain = name;
          try { plain = decodeURIComponent(name); } catch { continue; }
          if (follow(kind, plain)) last = kind;
        }
        if (last) {
          const place = document.getElementById(`${last}s`), top = place.getBoundingClientRect().top;
          if (top > innerHeight / 2 || place.getBoundingClientRect().bottom < innerHeight / 4) place.scrollIntoView();
        }
      }
      if (height && width) {
        const first = Math.max(0, responses.findIndex(count => count > 0));
        follow("patient", data.patients[first].id);
        const drug = data.labels.length ? data.labels[data.labels.indexOf(first) % 3 === 0 ?
          data.labels.indexOf(first) + 1 : 1] : 0;
        follow("drug", data.drugs[drug]);
      }
      addEventListener("hashchange", read);
      read();
    }

    """#
}
