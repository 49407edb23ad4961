import * as migration_20261121_144631_first from './20261121_144631_first';

export const migrations = [
  {
    up: migration_20261121_144631_first.up,
    down: migration_20261121_144631_first.down,
    name: '20261121_144631_first'
  },
];
