import * as migration_20261121_175456_first from './20261121_175456_first';

export const migrations = [
  {
    up: migration_20261121_175456_first.up,
    down: migration_20261121_175456_first.down,
    name: '20261121_175456_first'
  },
];
