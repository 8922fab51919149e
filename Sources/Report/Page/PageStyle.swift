/// The page's style sheet: light and dark, narrow and wide, on paper.
enum PageStyle {
  static let sheet = #"""
    :root {
      --paper: #fbfaf7; --card: #ffffff; --ink: #1b2430; --soft: #5a6675; --rule: #dfe3e8; --wash: #f1f3f5;
      --accent: #0b5c8a; --accent-wash: #e3eff6; --yes: #00664c; --no: #a5420b; --warn: #7a5200; --warn-wash: #fff6e0;
      --bar: #4b8fb9; color-scheme: light;
    }
    @media (prefers-color-scheme: dark) { :root:not([data-theme="light"]) {
      --paper: #12171d; --card: #1a2129; --ink: #e6eaee; --soft: #a3afbb; --rule: #313b46; --wash: #222b35;
      --accent: #7cc0ea; --accent-wash: #1d3444; --yes: #5fd0ad; --no: #f2a074; --warn: #f0c766; --warn-wash: #322a17;
      --bar: #4b8fb9; color-scheme: dark;
    } }
    :root[data-theme="dark"] {
      --paper: #12171d; --card: #1a2129; --ink: #e6eaee; --soft: #a3afbb; --rule: #313b46; --wash: #222b35;
      --accent: #7cc0ea; --accent-wash: #1d3444; --yes: #5fd0ad; --no: #f2a074; --warn: #f0c766; --warn-wash: #322a17;
      --bar: #4b8fb9; color-scheme: dark;
    }
    * { box-sizing: border-box; }
    html { scroll-padding-top: 1rem; }
    body { margin: 0; background: var(--paper); color: var(--ink);
      font: 16px/1.55 system-ui, "Segoe UI", "Helvetica Neue", "Noto Sans", "Liberation Sans", Arial, sans-serif; }
    h1, h2, h3, h4 { line-height: 1.2; text-wrap: balance; font-weight: 650; }
    h1 { font-size: 2.1rem; margin: .2rem 0 .7rem; letter-spacing: -.015em; }
    h2 { font-size: 1.5rem; margin: 0 0 .8rem; letter-spacing: -.01em; }
    h3 { font-size: 1.12rem; margin: 1.6rem 0 .5rem; }
    h4 { font-size: 1rem; margin: 1.3rem 0 .3rem; }
    p { margin: 0 0 .8rem; max-width: 46rem; }
    a { color: var(--accent); text-underline-offset: .15em; }
    code, pre, .code { font: .84em/1.5 ui-monospace, "SF Mono", "DejaVu Sans Mono", Consolas, monospace; }
    :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
    .skip { position: absolute; left: -100rem; }
    .skip:focus { left: 1rem; top: 1rem; background: var(--card); padding: .5rem 1rem; z-index: 2; }
    .unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
    .masthead { display: flex; gap: 2rem; align-items: flex-start; justify-content: space-between;
      padding: 2.6rem clamp(1rem, 4vw, 3.5rem) 1.6rem; border-bottom: 1px solid var(--rule); background: var(--card);
      border-top: 5px solid var(--accent); }
    .kicker { color: var(--accent); font-size: .85rem; font-weight: 600; margin: 0; letter-spacing: .02em; }
    .lead { font-size: 1.08rem; color: var(--soft); margin: 0; max-width: 52rem; }
    .layout { display: grid; grid-template-columns: 11.5rem minmax(0, 1fr); gap: 0 2rem; max-width: 92rem;
      padding: 0 clamp(1rem, 4vw, 3.5rem); }
    nav { position: sticky; top: 0; align-self: start; padding: 2rem 0; max-height: 100vh; overflow: auto; }
    nav ol { list-style: none; margin: 0; padding: 0; }
    nav a { display: block; padding: .32rem .7rem; color: var(--soft); text-decoration: none; font-size: .93rem;
      border-left: 2px solid var(--rule); }
    nav a:hover { color: var(--accent); border-color: var(--accent); }
    section { padding: 2rem 0 1.6rem; border-bottom: 1px solid var(--rule); }
    section:last-child { border: 0; }
    footer { padding: 1rem clamp(1rem, 4vw, 3.5rem) 2rem; color: var(--soft); font-size: .88rem; }
    .tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr)); gap: .8rem; margin-bottom: 1.3rem; }
    .tile { background: var(--card); border: 1px solid var(--rule); border-radius: 8px; padding: .9rem 1rem; }
    .tile p { margin: 0; }
    .tile-number { font-size: 1.9rem; font-weight: 650; line-height: 1.15; font-variant-numeric: tabular-nums; }
    .tile-what { font-weight: 600; }
    .tile-note { color: var(--soft); font-size: .86rem; line-height: 1.4; }
    .notice { background: var(--warn-wash); border-left: 4px solid var(--warn); border-radius: 0 8px 8px 0;
      padding: .9rem 1.2rem; }
    .notice h3 { margin: 0 0 .4rem; color: var(--warn); }
    .notice dl { margin: 0; display: grid; grid-template-columns: minmax(9rem, 14rem) minmax(0, 46rem); gap: .3rem 1.2rem; }
    .notice dt, .glossary dt { font-weight: 600; }
    .notice dd, .glossary dd { margin: 0; }
    .glossary { margin: .6rem 0; display: grid; grid-template-columns: minmax(9rem, 14rem) minmax(0, 46rem); gap: .4rem 1.2rem; }
    .sheet { overflow-x: auto; margin: .6rem 0 1.2rem; }
    table { border-collapse: collapse; width: 100%; font-size: .92rem; font-variant-numeric: tabular-nums;
      background: var(--card); }
    caption { text-align: left; color: var(--soft); font-size: .88rem; padding: 0 0 .4rem; background: var(--paper); }
    th, td { text-align: left; padding: .38rem .7rem; border-bottom: 1px solid var(--rule); vertical-align: middle; }
    thead th { background: var(--wash); vertical-align: bottom; padding: 0; border-bottom: 2px solid var(--rule); }
    tbody th { font-weight: 500; min-width: 6.5rem; }
    .number { text-align: right; }
    td.number { white-space: nowrap; }
    td.code { overflow-wrap: anywhere; color: var(--soft); }
    .sort { all: unset; box-sizing: border-box; cursor: pointer; width: 100%; padding: .45rem .7rem; font-weight: 600;
      font-size: .86rem; }
    .sort:focus-visible { outline: 3px solid var(--accent); outline-offset: -3px; }
    .sort::after { content: "\2195"; opacity: .35; margin-left: .35em; font-size: .85em; }
    [aria-sort="ascending"] .sort::after { content: "\2191"; opacity: 1; color: var(--accent); }
    [aria-sort="descending"] .sort::after { content: "\2193"; opacity: 1; color: var(--accent); }
    tr.emphasis > * { background: var(--accent-wash); }
    tr.emphasis > th { font-weight: 650; }
    tr.beyond { display: none; }
    .reason, .none { color: var(--soft); }
    .reason { font-style: italic; }
    td.reason { min-width: 8rem; }
    .estimate { white-space: nowrap; }
    .mean { font-weight: 600; }
    .spread { color: var(--soft); }
    .interval { display: block; color: var(--soft); font-size: .86em; white-space: nowrap; }
    .quiet { font: inherit; font-size: .9rem; background: var(--card); color: var(--accent); cursor: pointer;
      border: 1px solid var(--rule); border-radius: 6px; padding: .35rem .8rem; white-space: nowrap; }
    .quiet:hover { border-color: var(--accent); }
    .more { margin-top: .5rem; }
    .hint { color: var(--soft); font-size: .88rem; margin: .3rem 0; }
    .facts { color: var(--soft); margin: 0 0 .6rem; }
    details { margin: .7rem 0; border: 1px solid var(--rule); border-radius: 8px; padding: .55rem .9rem; background: var(--card); }
    details caption { background: var(--card); }
    summary { cursor: pointer; font-weight: 600; }
    .figures { display: flex; flex-wrap: wrap; gap: .6rem 1.4rem; align-items: flex-start; }
    figure { margin: .6rem 0; break-inside: avoid; max-width: min(100%, 50rem); }
    figure img { width: 100%; height: auto; background: #fff; border: 1px solid var(--rule); border-radius: 8px; }
    figcaption { color: var(--soft); font-size: .9rem; margin-top: .4rem; }
    figcaption strong { color: var(--ink); }
    .explorer { display: grid; grid-template-columns: 14.5rem minmax(0, 1fr); gap: 1.2rem; align-items: start; }
    .picker { position: sticky; top: 1rem; }
    .picker label { display: block; font-weight: 600; font-size: .92rem; margin-bottom: .3rem; }
    .picker input, .picker select { font: inherit; font-size: .92rem; width: 100%; color: var(--ink); background: var(--card);
      border: 1px solid var(--rule); border-radius: 6px; padding: .45rem .6rem; }
    .picker select { margin-top: .5rem; padding: .2rem; min-height: 20rem; }
    .picker option { padding: .22rem .4rem; border-radius: 4px; overflow: hidden; text-overflow: ellipsis; }
    .picked { background: var(--card); border: 1px solid var(--rule); border-radius: 8px; padding: 1rem 1.3rem; min-height: 24rem; }
    .picked h3 { margin: 0 0 .2rem; font-size: 1.3rem; }
    .picked caption { background: var(--card); }
    .picked th, .picked td { padding-left: .5rem; padding-right: .5rem; }
    .picked thead th { padding: 0; }
    .picked .sort { padding: .45rem .5rem; }
    .picked tbody th { min-width: 7.5rem; white-space: nowrap; }
    .bar { display: inline-block; width: 10rem; max-width: 100%; height: .7rem; background: var(--wash); border-radius: 3px;
      overflow: hidden; vertical-align: middle; }
    .bar > span { display: block; height: 100%; background: var(--bar); }
    .scale { position: relative; display: inline-block; width: 6rem; height: .9rem; vertical-align: middle;
      background: linear-gradient(var(--rule), var(--rule)) 50% 0 / 1px 100% no-repeat, var(--wash); border-radius: 3px; }
    .reach { position: absolute; top: .28rem; height: .34rem; background: var(--bar); opacity: .55; border-radius: 2px; }
    .point { position: absolute; top: .15rem; width: .6rem; height: .6rem; margin-left: -.3rem; border-radius: 50%;
      background: var(--accent); box-shadow: 0 0 0 2px var(--card); }
    .chip { font-size: .86em; font-weight: 600; white-space: nowrap; }
    .chip.yes, .yes { color: var(--yes); fill: var(--yes); }
    .chip.no, .no { color: var(--no); fill: var(--no); }
    .small, .histogram { overflow: visible; }
    .histogram { width: 100%; max-width: 46rem; height: auto; display: block; }
    .histogram text { fill: var(--soft); font-size: 13px; }
    .whisker { stroke: var(--ink); stroke-width: 1.5; }
    .middle { stroke: var(--ink); stroke-width: 2; }
    .box { fill: var(--bar); }
    .dot { fill: var(--accent); }
    .rule { stroke: var(--soft); stroke-width: 1; }
    .small .rule { stroke-dasharray: 2 2; }
    pre { background: var(--wash); border-radius: 8px; padding: 1rem 1.2rem; white-space: pre-wrap; overflow-wrap: anywhere; }
    @media (max-width: 84rem) {
      .layout { display: block; }
      nav { position: static; padding: 1rem 0 0; }
      nav ol { display: flex; flex-wrap: wrap; gap: .2rem; }
      nav a { border-left: 0; border-bottom: 2px solid var(--rule); }
    }
    @media (max-width: 70rem) {
      .explorer { display: block; }
      .picker { position: static; margin-bottom: 1rem; }
      .picker select { min-height: 9rem; height: 9rem; }
    }
    @media (max-width: 60rem) {
      .notice dl, .glossary { display: block; }
      .notice dd, .glossary dd { margin-bottom: .5rem; }
      tbody th { position: sticky; left: 0; background: var(--card); max-width: 45vw; overflow-wrap: break-word; }
      .masthead { display: block; padding-top: 1.4rem; }
      h1 { font-size: 1.6rem; }
    }
    @media print {
      :root, :root[data-theme="dark"], :root:not([data-theme="light"]) { --paper: #fff; --card: #fff; --ink: #000;
        --soft: #444; --rule: #bbb; --wash: #f2f2f2; --accent: #0b5c8a; --accent-wash: #eef4f8; --yes: #00664c;
        --no: #a5420b; --warn: #7a5200; --warn-wash: #fff6e0; color-scheme: light; }
      body { font-size: 10pt; }
      nav, .picker, .more, #theme, .skip { display: none; }
      .layout, .explorer { display: block; padding: 0; }
      .masthead { padding: 0 0 1rem; }
      .sort { display: contents; }
      .sort::after { content: ""; }
      thead th, .picked thead th { padding: .4rem .5rem; font-size: .86rem; font-weight: 600; }
      tbody th { position: static; max-width: none; }
      .sheet { overflow: visible; }
      .picked { border: 0; padding: 0; }
      tr, figure, .tile, .notice { break-inside: avoid; }
      h2, h3, h4, caption { break-after: avoid; }
      thead { display: table-header-group; }
      .bar, .scale, .point, .reach, tr.emphasis > * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
    }

    """#
}
