/**
 * The whole of hls.js, as a file of its own that is fetched at the first play. Not the light build: it leaves out
 * alternate audio, and our sound lies in a group of its own (hls.js 1.7.4, read 2026-11-21).
 */
export { default as Hls } from 'hls.js'
