/** Drawn here, so that they are there wherever the package is. */

const uri = (svg: string) => `data:image/svg+xml,${encodeURIComponent(svg)}`;

/** A coast at dusk, 1200×800. */
export const COVER = uri(`<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="800" viewBox="0 0 1200 800">
<defs>
<linearGradient id="sky" x2="0" y2="1"><stop offset="0" stop-color="#1d2b53"/><stop offset=".5" stop-color="#7a5480"/><stop offset=".8" stop-color="#e8916f"/><stop offset="1" stop-color="#f9cf9a"/></linearGradient>
<linearGradient id="sea" x2="0" y2="1"><stop offset="0" stop-color="#d98a72"/><stop offset=".35" stop-color="#6a5480"/><stop offset="1" stop-color="#141d3d"/></linearGradient>
<radialGradient id="glow"><stop offset="0" stop-color="#ffe9c0" stop-opacity=".9"/><stop offset="1" stop-color="#ffe9c0" stop-opacity="0"/></radialGradient>
</defs>
<rect width="1200" height="500" fill="url(#sky)"/>
<circle cx="800" cy="430" r="260" fill="url(#glow)"/><circle cx="800" cy="430" r="54" fill="#fff3d6"/>
<path d="M0 430 140 372 250 404 390 318 520 396 640 360 760 430 900 404 1040 440 1200 396V500H0Z" fill="#5b4474" opacity=".75"/>
<path d="M0 462 120 430 260 470 430 412 560 466 700 486 1000 470 1200 446V510H0Z" fill="#33315f"/>
<rect y="500" width="1200" height="300" fill="url(#sea)"/>
<g fill="#ffe2b8"><rect x="742" y="512" width="116" height="5" rx="2" opacity=".8"/><rect x="716" y="532" width="150" height="5" rx="2" opacity=".55"/><rect x="756" y="556" width="104" height="6" rx="3" opacity=".45"/><rect x="700" y="584" width="170" height="6" rx="3" opacity=".3"/><rect x="742" y="620" width="120" height="7" rx="3" opacity=".22"/></g>
<path d="M392 640h132l-24 34h-84Z" fill="#0f1530"/><path d="M452 626V486l62 140Z" fill="#f7e3cf"/><path d="M444 626V512l-46 114Z" fill="#dcb9a8"/>
<path d="M0 700q150-26 300 0t300 0 300 0 300 0v100H0Z" fill="#0f1733" opacity=".55"/>
</svg>`);

/** An application that shows a chart, 1200×900. */
export const SCREEN = uri(`<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="900" viewBox="0 0 1200 900">
<rect width="1200" height="900" fill="#cfe3ee"/>
<path d="M360 0h840v900H360Z" fill="#bcd8e8"/>
<g fill="none" stroke="#9fc4da" stroke-width="3"><path d="M360 250q180 60 300-20t250 40 290-30"/><path d="M360 430q220 70 360-10t240 60 240-20"/><path d="M360 620q200 60 380 0t220 50 240-10"/></g>
<path d="M760 0c-30 90 40 150 10 230s90 120 150 130 60 110 140 120 60 90 140 110V0Z" fill="#f2e6c9"/><path d="M760 0c-30 90 40 150 10 230s90 120 150 130 60 110 140 120 60 90 140 110" fill="none" stroke="#c9b27c" stroke-width="6"/>
<path d="M470 900c0-60 60-90 120-80s90 40 100 80Z" fill="#f2e6c9" stroke="#c9b27c" stroke-width="6"/>
<path d="M520 700 640 560 700 400 840 330" fill="none" stroke="#d6336c" stroke-width="7" stroke-dasharray="4 18" stroke-linecap="round"/><circle cx="840" cy="330" r="18" fill="#d6336c"/><circle cx="840" cy="330" r="7" fill="#fff"/><path d="m520 664 26 60-26-14-26 14Z" fill="#1f3a5f"/>
<path d="M0 0h360v900H0Z" fill="#f8fbfd"/><rect x="40" y="44" width="150" height="22" rx="11" fill="#1f3a5f"/><rect x="40" y="104" width="280" height="56" rx="14" fill="#e4eef5"/><circle cx="70" cy="132" r="10" fill="none" stroke="#7f9bb3" stroke-width="5"/>
<g fill="#e4eef5"><rect x="40" y="196" width="280" height="128" rx="16" fill="#1f3a5f"/><rect x="40" y="344" width="280" height="96" rx="16"/><rect x="40" y="460" width="280" height="96" rx="16"/><rect x="40" y="576" width="280" height="96" rx="16"/></g>
<path d="M60 282q35-60 70 0t70 0 70 0 30-30" fill="none" stroke="#7cc4e8" stroke-width="7" stroke-linecap="round"/><rect x="60" y="216" width="110" height="14" rx="7" fill="#fff"/>
<g fill="#1f3a5f"><rect x="64" y="368" width="130" height="16" rx="8"/><rect x="64" y="484" width="90" height="16" rx="8"/><rect x="64" y="600" width="150" height="16" rx="8"/></g>
<g fill="#9db4c7"><rect x="64" y="400" width="190" height="12" rx="6"/><rect x="64" y="516" width="210" height="12" rx="6"/><rect x="64" y="632" width="160" height="12" rx="6"/></g>
</svg>`);

/** A portrait, 240×240. */
export const AVATAR = uri(`<svg xmlns="http://www.w3.org/2000/svg" width="240" height="240" viewBox="0 0 240 240">
<rect width="240" height="240" fill="#f2b48c"/>
<path d="M66 118c0-52 24-78 56-78s56 26 56 78c0 36 10 58 14 70H52c4-12 14-34 14-70Z" fill="#4a2c3f"/>
<path d="M30 240c6-46 40-66 90-66s84 20 90 66Z" fill="#2f4b7c"/><path d="M98 150h44v34q-22 22-44 0Z" fill="#d98f72"/>
<ellipse cx="120" cy="116" rx="38" ry="48" fill="#efb094"/><path d="M82 112c2-34 18-48 40-48s36 16 36 48c-10-24-26-34-42-34-14 0-28 12-34 34Z" fill="#4a2c3f"/>
</svg>`);

/** The mark of a site that has none. */
export function sampleLogo(color: string): string {
  return uri(`<svg xmlns="http://www.w3.org/2000/svg" width="96" height="96" viewBox="0 0 96 96">
<rect width="96" height="96" rx="26" fill="${color}"/>
<path d="M16 44q16-15 32 0t32 0M16 63q16-15 32 0t32 0" fill="none" stroke="#fff" stroke-width="9" stroke-linecap="round"/>
</svg>`);
}
