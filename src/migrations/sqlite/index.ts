import * as migration_20261121_145257_first from './20261121_145257_first';

export const migrations = [
  {
    up: migration_20261121_145257_first.up,
    down: migration_20261121_145257_first.down,
    name: '20261121_145257_first'
  },
];
