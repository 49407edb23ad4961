/** The look of the public site, written into each page: one request less, and a policy can name it by its hash. */
const FONT_FILES = [
  ['Be Vietnam Pro', 400, 'be-vietnam-pro', '400'],
  ['Be Vietnam Pro', 500, 'be-vietnam-pro', '500'],
  ['Be Vietnam Pro', 600, 'be-vietnam-pro', '600'],
  ['Source Serif 4', '200 900', 'source-serif-4', 'wght'],
] as const

const RANGES = {
  vietnamese:
    'U+0102-0103,U+0110-0111,U+0128-0129,U+0168-0169,U+01A0-01A1,U+01AF-01B0,U+0300-0301,U+0303-0304,U+0308-0309,U+0323,U+0329,U+1EA0-1EF9,U+20AB',
  latin:
    'U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+0304,U+0308,U+0329,U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD',
}

const fonts = FONT_FILES.flatMap(([family, weight, file, cut]) =>
  Object.entries(RANGES).map(
    ([subset, range]) =>
      `@font-face{font-family:'${family}';font-style:normal;font-display:swap;font-weight:${weight};` +
      `src:url(/fonts/${file}-${subset}-${cut}-normal.woff2) format('woff2');unicode-range:${range}}`,
  ),
).join('\n')

/** Fetched before the style asks for them: the first screen is set in these. */
export const FIRST_FONTS = [
  '/fonts/source-serif-4-vietnamese-wght-normal.woff2',
  '/fonts/source-serif-4-latin-wght-normal.woff2',
  '/fonts/be-vietnam-pro-latin-400-normal.woff2',
]

export const STYLE = `${fonts}
:root{color-scheme:light dark;--ink:#15181d;--ink2:#565d68;--paper:#fff;--ground:#f5f6f7;--line:#e3e4e8;--blue:#0b57b0;--seal:#c3272b;
--sans:'Be Vietnam Pro',system-ui,sans-serif;--serif:'Source Serif 4',Georgia,serif}
@media(prefers-color-scheme:dark){:root{--ink:#eceef1;--ink2:#a9b0ba;--paper:#14171b;--ground:#1c2026;--line:#2e343c;--blue:#7db4f5;--seal:#ff7a75}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:400 15px/1.5 var(--sans)}
a{color:inherit;text-decoration:none}
a:hover{text-decoration:underline;text-underline-offset:3px}
a:focus-visible,video:focus-visible{outline:3px solid var(--blue);outline-offset:2px;border-radius:3px}
h1,h2,h3,p,figure,ol,ul{margin:0;padding:0}
ol,ul{list-style:none}
.wrap{max-width:1180px;margin:0 auto;padding:0 24px}
.skip{position:absolute;left:-9999px}
.skip:focus{left:8px;top:8px;background:var(--paper);padding:8px 12px;z-index:1}
.top{border-bottom:1px solid var(--ink)}
.today{padding-top:12px;font-size:13px;color:var(--ink2)}
.mast{display:flex;align-items:baseline;justify-content:space-between;gap:8px 24px;padding:10px 0 14px;flex-wrap:wrap}
.name{font:700 33px/1.15 var(--serif);letter-spacing:-.01em}
.name:hover{text-decoration:none}
.nav{display:flex;gap:4px 22px;flex-wrap:wrap;font-size:15px}
.nav a{padding:4px 0;border-bottom:2px solid transparent}
.nav a[aria-current]{font-weight:600;border-color:var(--seal)}
.kicker{font-size:13px;font-weight:600;color:var(--seal)}
.meta{font-size:13px;color:var(--ink2)}
.rule{border-top:3px solid var(--ink);padding-top:10px;font-size:15px;font-weight:600}
.front{display:grid;grid-template-columns:minmax(0,1.65fr) minmax(0,1fr);gap:34px;padding:26px 0 34px}
.front.alone{grid-template-columns:minmax(0,1fr)}
.shot{position:relative;display:block;background:var(--ground);border-radius:3px;overflow:hidden;aspect-ratio:16/9}
.shot img{width:100%;height:100%;object-fit:cover;display:block}
.shot.tall{aspect-ratio:9/14}
.long{position:absolute;right:6px;bottom:6px;background:rgba(16,18,22,.84);color:#fff;font-size:13px;font-weight:500;border-radius:3px;padding:1px 7px}
.lead .shot+.kicker{margin-top:14px}
.lead h2{font:700 39px/1.16 var(--serif);letter-spacing:-.012em;margin:3px 0 10px;text-wrap:balance}
.lead p.sapo{font:400 18px/1.45 var(--serif);color:var(--ink2);margin-bottom:8px}
.list li{display:grid;grid-template-columns:46px minmax(0,1fr);padding:13px 0;border-bottom:1px solid var(--line)}
.list h3{font:600 18px/1.32 var(--serif)}
.list .kind{font-size:11.5px;font-weight:600;color:var(--seal);margin-top:3px}
.clips{padding-bottom:40px}
.clips ul{display:grid;grid-template-columns:repeat(5,minmax(0,1fr));gap:16px;margin-top:14px}
.clips h3{font:600 16px/1.35 var(--serif);margin-top:8px}
.story{max-width:712px;margin:0 auto;padding:30px 0 44px}
.story h1{font:700 41px/1.14 var(--serif);letter-spacing:-.012em;margin:4px 0 12px;text-wrap:balance}
.story .sapo{font:400 19px/1.45 var(--serif);color:var(--ink2)}
.story>.meta{margin:12px 0}
.story video,.story .still img{display:block;width:100%;height:auto;max-height:82vh;background:#101216;border-radius:3px}
.story figcaption{font-size:12px;color:var(--ink2);margin-top:8px}
.story figcaption .machine{display:block;margin-top:2px}
.story video::cue{background:rgba(12,14,18,.82);color:#fff;font-family:'Be Vietnam Pro',system-ui,sans-serif;line-height:1.35}
.body{margin-top:22px}
.body p{font:400 20px/1.6 var(--serif);margin-bottom:18px;white-space:pre-line;overflow-wrap:anywhere}
.fix{border-left:3px solid var(--seal);background:var(--ground);padding:12px 16px;margin-top:8px}
.fix span{color:var(--ink2)}
.tags{display:flex;flex-wrap:wrap;gap:8px;margin-top:18px}
.tags li{border:1px solid var(--line);border-radius:5px;padding:2px 9px;font-size:13px;color:var(--ink2)}
.more{max-width:712px;margin:0 auto;padding-bottom:44px}
.notice{max-width:620px;margin:0 auto;padding:72px 0 96px}
.notice h1{font:700 33px/1.2 var(--serif);margin-bottom:12px}
.notice p{font:400 18px/1.55 var(--serif);margin-bottom:14px}
.notice a,.foot a{color:var(--blue)}
.foot{border-top:1px solid var(--line);padding:18px 0 36px;font-size:13px;color:var(--ink2)}
.foot .wrap{display:flex;justify-content:space-between;gap:16px;flex-wrap:wrap}
@media(max-width:860px){.front{grid-template-columns:minmax(0,1fr)}.clips ul{grid-template-columns:repeat(3,minmax(0,1fr))}}
@media(max-width:560px){.wrap{padding:0 16px}.name{font-size:27px}.nav{flex-wrap:nowrap;overflow-x:auto;width:100%;gap:18px}.nav a{white-space:nowrap}
.lead h2,.story h1{font-size:29px}.story .sapo,.lead p.sapo{font-size:17px}.body p{font-size:18.5px}.clips ul{grid-template-columns:repeat(2,minmax(0,1fr))}}
@media print{.nav,.foot,.more,video{display:none}}
`
