import * as migration_20261121_152915_first from './20261121_152915_first';

export const migrations = [
  {
    up: migration_20261121_152915_first.up,
    down: migration_20261121_152915_first.down,
    name: '20261121_152915_first'
  },
];
