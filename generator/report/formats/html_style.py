"""The look of the page: one style sheet, for light and dark, wide and narrow, and for paper."""

STYLE = """
:root {
  color-scheme: light dark;
  --ink: #1c2330; --soft: #5c6675; --line: #dde2ea; --paper: #ffffff; --panel: #f6f8fb;
  --good: #1a7f4b; --good-panel: #e6f4ec; --bad: #b3261e; --bad-panel: #fdeceb;
  --odd: #8a5a00; --odd-panel: #fdf3dc; --link: #2456c4;
  --mono: ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ink: #e4e8ef; --soft: #9aa5b5; --line: #313a48; --paper: #14181f; --panel: #1c222c;
    --good: #6fd19c; --good-panel: #17301f; --bad: #ff9a92; --bad-panel: #3a1b1a;
    --odd: #f0c469; --odd-panel: #352a12; --link: #8fb4ff;
  }
}
* { box-sizing: border-box }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 15px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif }
main, header > div { max-width: 76rem; margin: 0 auto; padding: 0 1.5rem }
header { background: var(--panel); border-bottom: 1px solid var(--line); padding: 1.6rem 0 1.2rem }
h1 { font-size: 1.5rem; margin: 0; line-height: 1.25 }
h2 { font-size: 1.1rem; margin: 2.2rem 0 .7rem }
h3 { font-size: .95rem; margin: 1.2rem 0 .4rem }
h4 { font-size: .75rem; margin: .9rem 0 .3rem; color: var(--soft); text-transform: uppercase;
  letter-spacing: .05em }
p { margin: .3rem 0 }
a { color: var(--link); text-decoration: none } a:hover { text-decoration: underline }
.message { white-space: pre-line }
.soft { color: var(--soft) }
.badge { display: inline-block; border-radius: 1rem; padding: .1rem .7rem; font-size: .8rem;
  font-weight: 600; vertical-align: middle; margin-left: .6rem }
.badge.passed { background: var(--good-panel); color: var(--good) }
.badge.failed { background: var(--bad-panel); color: var(--bad) }
dl.facts { display: flex; flex-wrap: wrap; gap: .6rem 2.4rem; margin: 1rem 0 0 }
dl.facts dt { color: var(--soft); font-size: .75rem }
dl.facts dd { margin: 0; font-size: 1.25rem; font-weight: 600; font-variant-numeric: tabular-nums }
.wide { overflow-x: auto; border: 1px solid var(--line); border-radius: .5rem }
table { border-collapse: collapse; width: 100%; font-size: .875rem }
th, td { padding: .35rem .8rem; text-align: left; border-bottom: 1px solid var(--line) }
tr:last-child > td { border-bottom: 0 }
th { color: var(--soft); font-weight: 600; font-size: .75rem; background: var(--panel) }
th.part, td.part, td.count, th.count { text-align: right; font-variant-numeric: tabular-nums }
td.none { color: var(--soft); opacity: .55 }
td.fine { color: var(--good) }
td.found { background: var(--bad-panel) } td.found a { color: var(--bad); font-weight: 600 }
td.noted { background: var(--odd-panel) } td.noted a { color: var(--odd); font-weight: 600 }
td.missed { color: var(--odd) } td.broken { color: var(--bad) }
code, pre { font-family: var(--mono); font-size: .8rem }
pre { background: var(--panel); border: 1px solid var(--line); border-radius: .4rem; margin: 0;
  overflow: auto; padding: .6rem .8rem; white-space: pre-wrap; overflow-wrap: anywhere;
  max-height: 24rem }
details.finding, details.coverage { border: 1px solid var(--line); border-radius: .5rem;
  margin: .5rem 0; background: var(--paper) }
details > summary { cursor: pointer; padding: .55rem .9rem; list-style-position: outside;
  display: flex; gap: .8rem; align-items: baseline; flex-wrap: wrap }
details > summary::before { content: "\\25B8"; color: var(--soft) }
details[open] > summary::before { content: "\\25BE" }
details[open] > summary { border-bottom: 1px solid var(--line) }
details > div.inside { padding: .4rem 1rem 1rem; scroll-margin-top: 3rem }
.rule { font-family: var(--mono); font-size: .78rem; border-radius: .3rem; padding: .05rem .4rem }
.rule.error { background: var(--bad-panel); color: var(--bad) }
.rule.warning { background: var(--odd-panel); color: var(--odd) }
.rule.note { background: var(--panel); color: var(--soft) }
.sides { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fit, minmax(20rem, 1fr)) }
.side.expected pre { border-left: 3px solid var(--good) }
.side.actual pre { border-left: 3px solid var(--bad) }
.call { display: grid; gap: .5rem; grid-template-columns: repeat(auto-fit, minmax(20rem, 1fr));
  margin: .4rem 0 }
.columns { display: grid; gap: 0 1.5rem; grid-template-columns: repeat(auto-fit, minmax(22rem, 1fr)) }
@media print { details { break-inside: avoid } pre { max-height: none } }
"""
