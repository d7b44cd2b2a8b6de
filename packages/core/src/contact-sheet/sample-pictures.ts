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
