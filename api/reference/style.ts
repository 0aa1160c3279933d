/** Style of the reference page, in the colours of the dashboard; light and dark by the reader's own setting. */
export const referenceStyle = `
:root { color-scheme: light dark;
  --paper: #ffffff; --wall: #efeeea; --ink: #1b2022; --ink2: #474f52; --line: #dcdbd5; --acc: #27479b;
  --out-tint: #e6f1f1; --out-ink: #0b5558; --bad: #a1261c; }
@media (prefers-color-scheme: dark) { :root {
  --paper: #181e20; --wall: #0e1214; --ink: #e7e8e4; --ink2: #b7bebe; --line: #2b3336; --acc: #a3b9ff;
  --out-tint: #12292c; --out-ink: #88d2d2; --bad: #ff9f92; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 400 16px/1.5 system-ui, sans-serif; }
header, main, nav { max-width: 60rem; margin: 0 auto; padding: 0 16px; }
header { padding-top: 32px; }
h1 { font-size: 24px; line-height: 30px; font-weight: 650; margin: 0 0 8px; }
h2 { font-size: 19px; line-height: 25px; font-weight: 650; margin: 40px 0 8px; }
h3 { font-size: 16px; line-height: 24px; font-weight: 650; margin: 0; }
p { margin: 4px 0; color: var(--ink2); max-width: 75ch; }
a { color: var(--acc); }
a:focus-visible, summary:focus-visible { outline: 2px solid var(--acc); outline-offset: 2px; }
nav ul { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: 4px 16px; }
nav a { display: inline-block; min-height: 24px; }
section.operation { border-top: 1px solid var(--line); padding: 16px 0; }
code, pre { font: 13.5px/20px ui-monospace, monospace; overflow-wrap: anywhere; }
.path { background: var(--out-tint); color: var(--out-ink); padding: 2px 6px; border-radius: 4px; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; margin: 8px 0; font-size: 15px; min-width: 60%; }
caption { text-align: left; color: var(--ink2); font-size: 13px; }
th, td { text-align: left; vertical-align: top; padding: 4px 16px 4px 0; border-bottom: 1px solid var(--line); }
th { font-weight: 600; }
.required { color: var(--bad); font-size: 13px; }
details { margin: 8px 0; }
summary { cursor: pointer; color: var(--acc); min-height: 24px; }
pre { background: var(--wall); padding: 12px; border-radius: 5px; white-space: pre-wrap; margin: 4px 0; }
`;
