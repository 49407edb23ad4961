import * as migration_20261121_164601_first from './20261121_164601_first';

export const migrations = [
  {
    up: migration_20261121_164601_first.up,
    down: migration_20261121_164601_first.down,
    name: '20261121_164601_first'
  },
];
