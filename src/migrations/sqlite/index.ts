import * as migration_20261121_182529_first from './20261121_182529_first';

export const migrations = [
  {
    up: migration_20261121_182529_first.up,
    down: migration_20261121_182529_first.down,
    name: '20261121_182529_first'
  },
];
