/**
 * A drawn landscape as a PPM image (binary RGB), so that the demo has pictures of its own: sky, sun and five ranges
 * of hills in one palette. Nothing is downloaded and no photograph is borrowed.
 */
type Colour = readonly [number, number, number]
export type Palette = { sky: readonly [Colour, Colour]; sun: Colour; near: Colour; far: Colour }

export const PALETTES: Record<'morning' | 'dusk' | 'rain' | 'spring', Palette> = {
  morning: {
    sky: [
      [248, 214, 165],
      [252, 232, 204],
    ],
    sun: [255, 240, 200],
    near: [35, 75, 44],
    far: [157, 181, 155],
  },
  dusk: {
    sky: [
      [62, 52, 98],
      [217, 142, 104],
    ],
    sun: [255, 226, 170],
    near: [26, 22, 44],
    far: [110, 82, 124],
  },
  rain: {
    sky: [
      [136, 152, 172],
      [196, 206, 212],
    ],
    sun: [222, 228, 230],
    near: [52, 72, 76],
    far: [140, 158, 162],
  },
  spring: {
    sky: [
      [160, 205, 240],
      [222, 238, 246],
    ],
    sun: [255, 255, 255],
    near: [70, 110, 48],
    far: [170, 200, 120],
  },
}

const mix = (a: Colour, b: Colour, t: number): Colour => [
  a[0] + (b[0] - a[0]) * t,
  a[1] + (b[1] - a[1]) * t,
  a[2] + (b[2] - a[2]) * t,
]

const RANGES = 5

/** Height of range `n` at `x` (0 to 1), as a share of the picture from the top. */
const ridge = (n: number, x: number, seed: number): number =>
  0.42 +
  n * 0.12 +
  0.05 * Math.sin(x * (5 + n * 1.7) + seed + n * 2.1) +
  0.025 * Math.sin(x * (13 + n * 3) + seed * 1.7 + n)

const colourAt = (x: number, y: number, aspect: number, seed: number, palette: Palette): Colour => {
  for (let n = RANGES - 1; n >= 0; n--) {
    if (y > ridge(n, x, seed)) return mix(palette.far, palette.near, n / (RANGES - 1))
  }
  const fromSun = Math.hypot((x - 0.62) * aspect, y - 0.26)
  if (fromSun < 0.07) return palette.sun
  return mix(palette.sky[0], palette.sky[1], Math.min(1, y / 0.6))
}

export const landscape = (
  width: number,
  height: number,
  palette: Palette,
  seed: number,
): Buffer => {
  const head = Buffer.from(`P6\n${width} ${height}\n255\n`)
  const pixels = Buffer.alloc(width * height * 3)
  const aspect = width / height
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const colour = colourAt(column / width, row / height, aspect, seed, palette)
      pixels.set(colour.map(Math.round), (row * width + column) * 3)
    }
  }
  return Buffer.concat([head, pixels])
}
