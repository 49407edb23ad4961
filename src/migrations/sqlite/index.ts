import * as migration_20261121_115934_first from './20261121_115934_first';

export const migrations = [
  {
    up: migration_20261121_115934_first.up,
    down: migration_20261121_115934_first.down,
    name: '20261121_115934_first'
  },
];
