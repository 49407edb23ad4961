/** The page's style: the tokens of the house, the phone's own type (no font to fetch on 3G), light and dark. */
const TOKENS = `
:root{--ink:#15181d;--ink2:#565d68;--ground:#f5f6f7;--paper:#fff;--line:#e3e4e8;--edge:#868d97;--blue:#0b57b0;--on-blue:#fff;
--green:#14744a;--green-tint:#e3f2ea;--amber:#8a4e00;--amber-tint:#fdf0dc;--red:#b42318;--red-tint:#fcebe9;--violet:#5b3fb5;--violet-tint:#eeeafa;--teal:#0b6d78;--teal-tint:#e0f1f3}
@media (prefers-color-scheme:dark){:root{--ink:#e9ebee;--ink2:#a4abb6;--ground:#121418;--paper:#1b1e24;--line:#30343c;--edge:#7a828e;--blue:#7db3f5;--on-blue:#0b1a2c;
--green:#6fd3a2;--green-tint:#12301f;--amber:#f0b25c;--amber-tint:#35260f;--red:#ff9c92;--red-tint:#3a1814;--violet:#bbaaf5;--violet-tint:#261f45;--teal:#74ced9;--teal-tint:#0f2f33}}`

const BASE = `
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;overflow-wrap:anywhere}
h1,h2,h3,p,ul,fieldset{margin:0;padding:0}
h1{font-size:17px}h2{font-size:15px}h3{font-size:15px;line-height:1.35}
header{position:sticky;top:0;z-index:1;display:flex;align-items:center;gap:8px;padding:8px 16px;min-height:48px;background:var(--paper);border-bottom:1px solid var(--line)}
header p{flex:1;text-align:right;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
main{max-width:640px;margin:0 auto;padding:16px;display:grid;gap:16px}
[hidden]{display:none!important}
.card{background:var(--paper);border:1px solid var(--line);border-radius:10px;padding:16px;display:grid;gap:12px}
.two{display:grid;grid-template-columns:1fr 1fr;gap:12px}
label,legend{font-size:13.5px;font-weight:600;padding:0}
fieldset{border:0;display:grid;gap:8px}
input,select,textarea{display:block;width:100%;margin-top:4px;padding:10px 12px;font:inherit;font-size:16px;font-weight:400;color:inherit;background:var(--paper);border:1px solid var(--edge);border-radius:8px}
textarea{resize:vertical}
button,.file{min-height:44px;padding:8px 16px;font:inherit;font-weight:600;color:var(--ink);background:var(--paper);border:1px solid var(--edge);border-radius:8px;cursor:pointer;text-align:center}
.file{position:relative;display:flex;align-items:center;justify-content:center;font-size:15px}
.file input{position:absolute;inset:0;opacity:0;margin:0;cursor:pointer}
.primary{background:var(--blue);border-color:var(--blue);color:var(--on-blue)}
.quiet{border-color:transparent;color:var(--blue);background:none;padding:8px}
a{color:var(--blue)}
button:disabled{opacity:.55;cursor:default}
:focus-visible,.file:focus-within{outline:3px solid var(--blue);outline-offset:2px}
.faint{font-size:13.5px;color:var(--ink2)}
.problem{color:var(--red);font-size:14px}.problem:empty{display:none}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
`

const PARTS = `
progress{width:100%;height:8px;border:0;border-radius:4px;overflow:hidden;background:var(--line);appearance:none}
progress::-webkit-progress-bar{background:var(--line)}
progress::-webkit-progress-value{background:var(--blue)}
progress::-moz-progress-bar{background:var(--blue)}
.row{display:flex;gap:8px;flex-wrap:wrap;align-items:center}
.row>.grow{flex:1}
.head .row{margin-top:4px}
.band{padding:8px 12px;border-radius:8px;font-size:14px}
.chip{display:inline-block;padding:1px 8px;border-radius:5px;font-size:12px;font-weight:600}
.grey{color:var(--ink2);background:var(--ground)}.green{color:var(--green);background:var(--green-tint)}.amber{color:var(--amber);background:var(--amber-tint)}
.red{color:var(--red);background:var(--red-tint)}.violet{color:var(--violet);background:var(--violet-tint)}.teal{color:var(--teal);background:var(--teal-tint)}
#unfinished,#mine,#items{display:grid;gap:12px;list-style:none}
#unfinished:empty{display:none}
#sending{scroll-margin-top:64px}
#files{display:grid;gap:16px}
.transfer{display:grid;gap:8px}
#chosen{list-style:none;display:grid;gap:4px}
.drop{display:none}
@media (hover:hover){.drop{display:block}}
.dropping #compose{outline:3px dashed var(--blue);outline-offset:-6px}
li ul,div>ul{padding-left:20px}
#chosen,#items{padding-left:0}
.item{display:grid;grid-template-columns:1fr;gap:8px}
.item:not(:has(>:not([hidden]):not(:empty))){display:none}
.head{display:grid;grid-template-columns:96px 1fr;gap:12px}
.head.bare{grid-template-columns:1fr}
.thumb{width:96px;height:96px;object-fit:cover;border-radius:8px;background:var(--line);padding:0;border:0;min-height:0;overflow:hidden}
.thumb img{width:100%;height:100%;object-fit:cover;display:block}
video{width:100%;max-height:70vh;border-radius:8px;background:#000}
.edit{display:grid;gap:12px;border-top:1px solid var(--line);padding-top:12px}
@media (prefers-reduced-motion:no-preference){progress::-webkit-progress-value{transition:inline-size .3s}}
`

export const STYLE = (TOKENS + BASE + PARTS).replaceAll('\n', '')
