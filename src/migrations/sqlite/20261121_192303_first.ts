import { MigrateUpArgs, MigrateDownArgs, sql } from '@payloadcms/db-sqlite'

export async function up({ db, payload, req }: MigrateUpArgs): Promise<void> {
  await db.run(sql`CREATE TABLE \`stories\` (
  	\`id\` text(36) PRIMARY KEY NOT NULL,
  	\`title\` text NOT NULL,
  	\`summary\` text,
  	\`body\` text,
  	\`byline\` text,
  	\`note\` text,
  	\`kind\` text NOT NULL,
  	\`section_id\` text(36) NOT NULL,
  	\`source_id\` text(36) NOT NULL,
  	\`political\` integer DEFAULT false,
  	\`revision\` numeric DEFAULT 0 NOT NULL,
  	\`author\` text,
  	\`slug\` text,
  	\`search_text\` text,
  	\`updated_at\` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) NOT NULL,
  	\`created_at\` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) NOT NULL,
  	FOREIGN KEY (\`section_id\`) REFERENCES \`sections\`(\`id\`) ON UPDATE no action ON DELETE set null,
  	FOREIGN KEY (\`source_id\`) REFERENCES \`sources\`(\`id\`) ON UPDATE no action ON DELETE set null
  );
  `)
  await db.run(sql`CREATE INDEX \`stories_section_idx\` ON \`stories\` (\`section_id\`);`)
  await db.run(sql`CREATE INDEX \`stories_source_idx\` ON \`stories\` (\`source_id\`);`)
  await db.run(sql`CREATE INDEX \`stories_author_idx\` ON \`stories\` (\`author\`);`)
  await db.run(sql`CREATE INDEX \`stories_slug_idx\` ON \`stories\` (\`slug\`);`)
  await db.run(sql`CREATE INDEX \`stories_updated_at_idx\` ON \`stories\` (\`updated_at\`);`)
  await db.run(sql`CREATE INDEX \`stories_created_at_idx\` ON \`stories\` (\`created_at\`);`)
  await db.run(sql`CREATE TABLE \`_stories_v\` (
  	\`id\` text(36) PRIMARY KEY NOT NULL,
  	\`parent_id\` text(36),
  	\`version_title\` text NOT NULL,
  	\`version_summary\` text,
  	\`version_body\` text,
  	\`version_byline\` text,
  	\`version_note\` text,
  	\`version_kind\` text NOT NULL,
  	\`version_section_id\` text(36) NOT NULL,
  	\`version_source_id\` text(36) NOT NULL,
  	\`version_political\` integer DEFAULT false,
  	\`version_revision\` numeric DEFAULT 0 NOT NULL,
  	\`version_author\` text,
  	\`version_slug\` text,
  	\`version_search_text\` text,
  	\`version_updated_at\` text,
  	\`version_created_at\` text,
  	\`created_at\` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) NOT NULL,
  	\`updated_at\` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) NOT NULL,
  	FOREIGN KEY (\`parent_id\`) REFERENCES \`stories\`(\`id\`) ON UPDATE no action ON DELETE set null,
  	FOREIGN KEY (\`version_section_id\`) REFERENCES \`sections\`(\`id\`) ON UPDATE no action ON DELETE set null,
  	FOREIGN KEY (\`version_source_id\`) REFERENCES \`sources\`(\`id\`) ON UPDATE no action ON DELETE set null
  );
  `)
  await db.run(sql`CREATE INDEX \`_stories_v_parent_idx\` ON \`_stories_v\` (\`parent_id\`);`)
  await db.run(sql`CREATE INDEX \`_stories_v_version_version_section_idx\` ON \`_stories_v\` (\`version_section_id\`);`)
  await db.run(sql`CREATE INDEX \`_stories_v_version_version_source_idx\` ON \`_stories_v\` (\`version_source_id\`);`)
  await db.run(sql`CREATE INDEX \`_stories_v_version_version_author_idx\` ON \`_stories_v\` (\`version_author\`);`)
  await db.run(sql`CREATE INDEX \`_stories_v_version_version_slug_idx\` ON \`_stories_v\` (\`version_slug\`);`)
  await db.run(sql`CREATE INDEX \`_stories_v_version_version_updated_at_idx\` ON \`_stories_v\` (\`version_updated_at\`);`)
  await db.run(sql`CREATE INDEX \`_stories_v_version_version_created_at_idx\` ON \`_stories_v\` (\`version_created_at\`);`)
  await db.run(sql`CREATE INDEX \`_stories_v_created_at_idx\` ON \`_stories_v\` (\`created_at\`);`)
  await db.run(sql`CREATE INDEX \`_stories_v_updated_at_idx\` ON \`_stories_v\` (\`updated_at\`);`)
  await db.run(sql`CREATE TABLE \`variants\` (
  	\`id\` text(36) PRIMARY KEY NOT NULL,
  	\`key\` text,
  	\`story\` text NOT NULL,
  	\`channel\` text NOT NULL,
  	\`title\` text NOT NULL,
  	\`text\` text,
  	\`tags\` text,
  	\`thumbnail\` text,
  	\`removed\` integer DEFAULT false,
  	\`revision\` numeric DEFAULT 0,
  	\`claimed\` numeric DEFAULT 0,
  	\`claimed_at\` numeric DEFAULT 0,
  	\`updated_at\` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) NOT NULL,
  	\`created_at\` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) NOT NULL
  );
  `)
  await db.run(sql`CREATE UNIQUE INDEX \`variants_key_idx\` ON \`variants\` (\`key\`);`)
  await db.run(sql`CREATE INDEX \`variants_story_idx\` ON \`variants\` (\`story\`);`)
  await db.run(sql`CREATE INDEX \`variants_channel_idx\` ON \`variants\` (\`channel\`);`)
  await db.run(sql`CREATE INDEX \`variants_updated_at_idx\` ON \`variants\` (\`updated_at\`);`)
  await db.run(sql`CREATE INDEX \`variants_created_at_idx\` ON \`variants\` (\`created_at\`);`)
  await db.run(sql`CREATE TABLE \`desk_items\` (
  	\`id\` text(36) PRIMARY KEY NOT NULL,
  	\`story\` text NOT NULL,
  	\`state\` text NOT NULL,
  	\`content_revision\` numeric DEFAULT 0,
  	\`claimed_at\` numeric DEFAULT 0,
  	\`author\` text,
  	\`editor\` text,
  	\`clearer\` text,
  	\`cleared_at\` text,
  	\`cleared_revision\` numeric DEFAULT 0,
  	\`cleared_snapshot\` text,
  	\`last_editor\` text,
  	\`seconder\` text,
  	\`signed_at\` text,
  	\`sealed\` text,
  	\`reason\` text,
  	\`state_at\` text,
  	\`revision\` numeric DEFAULT 0 NOT NULL,
  	\`pending\` integer DEFAULT false,
  	\`pending_event\` text,
  	\`updated_at\` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) NOT NULL,
  	\`created_at\` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) NOT NULL
  );
  `)
  await db.run(sql`CREATE UNIQUE INDEX \`desk_items_story_idx\` ON \`desk_items\` (\`story\`);`)
  await db.run(sql`CREATE INDEX \`desk_items_state_idx\` ON \`desk_items\` (\`state\`);`)
  await db.run(sql`CREATE INDEX \`desk_items_content_revision_idx\` ON \`desk_items\` (\`content_revision\`);`)
  await db.run(sql`CREATE INDEX \`desk_items_author_idx\` ON \`desk_items\` (\`author\`);`)
  await db.run(sql`CREATE INDEX \`desk_items_editor_idx\` ON \`desk_items\` (\`editor\`);`)
  await db.run(sql`CREATE INDEX \`desk_items_clearer_idx\` ON \`desk_items\` (\`clearer\`);`)
  await db.run(sql`CREATE INDEX \`desk_items_seconder_idx\` ON \`desk_items\` (\`seconder\`);`)
  await db.run(sql`CREATE INDEX \`desk_items_state_at_idx\` ON \`desk_items\` (\`state_at\`);`)
  await db.run(sql`CREATE INDEX \`desk_items_revision_idx\` ON \`desk_items\` (\`revision\`);`)
  await db.run(sql`CREATE INDEX \`desk_items_pending_idx\` ON \`desk_items\` (\`pending\`);`)
  await db.run(sql`CREATE INDEX \`desk_items_updated_at_idx\` ON \`desk_items\` (\`updated_at\`);`)
  await db.run(sql`CREATE INDEX \`desk_items_created_at_idx\` ON \`desk_items\` (\`created_at\`);`)
  await db.run(sql`CREATE TABLE \`seals\` (
  	\`id\` text(36) PRIMARY KEY NOT NULL,
  	\`key\` text NOT NULL,
  	\`story\` text NOT NULL,
  	\`channel\` text NOT NULL,
  	\`content_revision\` numeric NOT NULL,
  	\`signer\` text NOT NULL,
  	\`signer_name\` text,
  	\`capacity\` text,
  	\`shift\` text,
  	\`factor\` text,
  	\`signed_at\` text NOT NULL,
  	\`digest\` text NOT NULL,
  	\`manifest\` text NOT NULL,
  	\`snapshot\` text NOT NULL,
  	\`voided_at\` text,
  	\`void_reason\` text,
  	\`updated_at\` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) NOT NULL,
  	\`created_at\` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) NOT NULL
  );
  `)
  await db.run(sql`CREATE UNIQUE INDEX \`seals_key_idx\` ON \`seals\` (\`key\`);`)
  await db.run(sql`CREATE INDEX \`seals_story_idx\` ON \`seals\` (\`story\`);`)
  await db.run(sql`CREATE INDEX \`seals_channel_idx\` ON \`seals\` (\`channel\`);`)
  await db.run(sql`CREATE INDEX \`seals_signer_idx\` ON \`seals\` (\`signer\`);`)
  await db.run(sql`CREATE INDEX \`seals_digest_idx\` ON \`seals\` (\`digest\`);`)
  await db.run(sql`CREATE INDEX \`seals_voided_at_idx\` ON \`seals\` (\`voided_at\`);`)
  await db.run(sql`CREATE INDEX \`seals_updated_at_idx\` ON \`seals\` (\`updated_at\`);`)
  await db.run(sql`CREATE INDEX \`seals_created_at_idx\` ON \`seals\` (\`created_at\`);`)
  await db.run(sql`CREATE TABLE \`watches\` (
  	\`id\` text(36) PRIMARY KEY NOT NULL,
  	\`key\` text NOT NULL,
  	\`person\` text NOT NULL,
  	\`rendition\` text NOT NULL,
  	\`spans\` text,
  	\`last_beat_at\` numeric DEFAULT 0,
  	\`last_position\` numeric DEFAULT 0,
  	\`revision\` numeric DEFAULT 0,
  	\`updated_at\` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) NOT NULL,
  	\`created_at\` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) NOT NULL
  );
  `)
  await db.run(sql`CREATE UNIQUE INDEX \`watches_key_idx\` ON \`watches\` (\`key\`);`)
  await db.run(sql`CREATE INDEX \`watches_person_idx\` ON \`watches\` (\`person\`);`)
  await db.run(sql`CREATE INDEX \`watches_rendition_idx\` ON \`watches\` (\`rendition\`);`)
  await db.run(sql`CREATE INDEX \`watches_revision_idx\` ON \`watches\` (\`revision\`);`)
  await db.run(sql`CREATE INDEX \`watches_updated_at_idx\` ON \`watches\` (\`updated_at\`);`)
  await db.run(sql`CREATE INDEX \`watches_created_at_idx\` ON \`watches\` (\`created_at\`);`)
  await db.run(sql`CREATE TABLE \`uploads\` (
  	\`id\` text(36) PRIMARY KEY NOT NULL,
  	\`tus_id\` text NOT NULL,
  	\`owner\` text NOT NULL,
  	\`story\` text,
  	\`filename\` text,
  	\`bytes\` numeric,
  	\`claimed_sha256\` text,
  	\`sha256\` text,
  	\`asset\` text,
  	\`extra\` integer DEFAULT false,
  	\`spool\` text,
  	\`state\` text NOT NULL,
  	\`refusal\` text,
  	\`refusal_help\` text,
  	\`revision\` numeric DEFAULT 0 NOT NULL,
  	\`pending\` integer DEFAULT false,
  	\`pending_event\` text,
  	\`updated_at\` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) NOT NULL,
  	\`created_at\` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) NOT NULL
  );
  `)
  await db.run(sql`CREATE UNIQUE INDEX \`uploads_tus_id_idx\` ON \`uploads\` (\`tus_id\`);`)
  await db.run(sql`CREATE INDEX \`uploads_owner_idx\` ON \`uploads\` (\`owner\`);`)
  await db.run(sql`CREATE INDEX \`uploads_story_idx\` ON \`uploads\` (\`story\`);`)
  await db.run(sql`CREATE INDEX \`uploads_sha256_idx\` ON \`uploads\` (\`sha256\`);`)
  await db.run(sql`CREATE INDEX \`uploads_asset_idx\` ON \`uploads\` (\`asset\`);`)
  await db.run(sql`CREATE INDEX \`uploads_state_idx\` ON \`uploads\` (\`state\`);`)
  await db.run(sql`CREATE INDEX \`uploads_revision_idx\` ON \`uploads\` (\`revision\`);`)
  await db.run(sql`CREATE INDEX \`uploads_pending_idx\` ON \`uploads\` (\`pending\`);`)
  await db.run(sql`CREATE INDEX \`uploads_updated_at_idx\` ON \`uploads\` (\`updated_at\`);`)
  await db.run(sql`CREATE INDEX \`uploads_created_at_idx\` ON \`uploads\` (\`created_at\`);`)
  await db.run(sql`CREATE TABLE \`assets\` (
  	\`id\` text(36) PRIMARY KEY NOT NULL,
  	\`title\` text,
  	\`sha256\` text NOT NULL,
  	\`store_key\` text NOT NULL,
  	\`kind\` text,
  	\`mime\` text,
  	\`bytes\` numeric,
  	\`facts\` text,
  	\`duration_seconds\` numeric,
  	\`device\` text,
  	\`state\` text NOT NULL,
  	\`pass\` text,
  	\`progress\` numeric DEFAULT 0,
  	\`seconds_left\` numeric,
  	\`failures\` numeric DEFAULT 0,
  	\`failure\` text,
  	\`failure_help\` text,
  	\`unmade\` text DEFAULT '',
  	\`lease_by\` text,
  	\`lease_until\` numeric DEFAULT 0,
  	\`urgent_at\` numeric DEFAULT 0,
  	\`started_at\` numeric DEFAULT 0,
  	\`wait_until\` numeric DEFAULT 0,
  	\`desk\` text,
  	\`losses\` numeric DEFAULT 0,
  	\`lost\` text,
  	\`lost_at\` numeric DEFAULT 0,
  	\`redactions\` text,
  	\`redacted_by\` text,
  	\`dress_revision\` numeric DEFAULT 0,
  	\`dressing\` text DEFAULT '',
  	\`parent\` text,
  	\`in_point\` numeric,
  	\`out_point\` numeric,
  	\`revision\` numeric DEFAULT 0 NOT NULL,
  	\`pending\` integer DEFAULT false,
  	\`pending_event\` text,
  	\`updated_at\` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) NOT NULL,
  	\`created_at\` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) NOT NULL
  );
  `)
  await db.run(sql`CREATE UNIQUE INDEX \`assets_sha256_idx\` ON \`assets\` (\`sha256\`);`)
  await db.run(sql`CREATE INDEX \`assets_state_idx\` ON \`assets\` (\`state\`);`)
  await db.run(sql`CREATE INDEX \`assets_started_at_idx\` ON \`assets\` (\`started_at\`);`)
  await db.run(sql`CREATE INDEX \`assets_desk_idx\` ON \`assets\` (\`desk\`);`)
  await db.run(sql`CREATE INDEX \`assets_lost_at_idx\` ON \`assets\` (\`lost_at\`);`)
  await db.run(sql`CREATE INDEX \`assets_parent_idx\` ON \`assets\` (\`parent\`);`)
  await db.run(sql`CREATE INDEX \`assets_revision_idx\` ON \`assets\` (\`revision\`);`)
  await db.run(sql`CREATE INDEX \`assets_pending_idx\` ON \`assets\` (\`pending\`);`)
  await db.run(sql`CREATE INDEX \`assets_updated_at_idx\` ON \`assets\` (\`updated_at\`);`)
  await db.run(sql`CREATE INDEX \`assets_created_at_idx\` ON \`assets\` (\`created_at\`);`)
  await db.run(sql`CREATE TABLE \`asset_notes\` (
  	\`id\` text(36) PRIMARY KEY NOT NULL,
  	\`asset\` text NOT NULL,
  	\`title\` text,
  	\`people\` text,
  	\`place\` text,
  	\`taken_on\` text,
  	\`credit\` text,
  	\`basis\` text,
  	\`holder\` text,
  	\`lease_from\` text,
  	\`lease_to\` text,
  	\`territory\` text,
  	\`revision\` numeric DEFAULT 0 NOT NULL,
  	\`pending\` integer DEFAULT false,
  	\`pending_event\` text,
  	\`updated_at\` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) NOT NULL,
  	\`created_at\` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) NOT NULL
  );
  `)
  await db.run(sql`CREATE UNIQUE INDEX \`asset_notes_asset_idx\` ON \`asset_notes\` (\`asset\`);`)
  await db.run(sql`CREATE INDEX \`asset_notes_taken_on_idx\` ON \`asset_notes\` (\`taken_on\`);`)
  await db.run(sql`CREATE INDEX \`asset_notes_lease_from_idx\` ON \`asset_notes\` (\`lease_from\`);`)
  await db.run(sql`CREATE INDEX \`asset_notes_lease_to_idx\` ON \`asset_notes\` (\`lease_to\`);`)
  await db.run(sql`CREATE INDEX \`asset_notes_revision_idx\` ON \`asset_notes\` (\`revision\`);`)
  await db.run(sql`CREATE INDEX \`asset_notes_pending_idx\` ON \`asset_notes\` (\`pending\`);`)
  await db.run(sql`CREATE INDEX \`asset_notes_updated_at_idx\` ON \`asset_notes\` (\`updated_at\`);`)
  await db.run(sql`CREATE INDEX \`asset_notes_created_at_idx\` ON \`asset_notes\` (\`created_at\`);`)
  await db.run(sql`CREATE TABLE \`renditions\` (
  	\`id\` text(36) PRIMARY KEY NOT NULL,
  	\`key\` text NOT NULL,
  	\`asset\` text NOT NULL,
  	\`recipe\` text NOT NULL,
  	\`dressing\` text DEFAULT '',
  	\`prefix\` text NOT NULL,
  	\`files\` text NOT NULL,
  	\`sha256\` text NOT NULL,
  	\`bytes\` numeric,
  	\`width\` numeric,
  	\`height\` numeric,
  	\`duration_seconds\` numeric,
  	\`loudness\` numeric,
  	\`peak\` numeric,
  	\`updated_at\` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) NOT NULL,
  	\`created_at\` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) NOT NULL
  );
  `)
  await db.run(sql`CREATE UNIQUE INDEX \`renditions_key_idx\` ON \`renditions\` (\`key\`);`)
  await db.run(sql`CREATE INDEX \`renditions_asset_idx\` ON \`renditions\` (\`asset\`);`)
  await db.run(sql`CREATE INDEX \`renditions_recipe_idx\` ON \`renditions\` (\`recipe\`);`)
  await db.run(sql`CREATE INDEX \`renditions_updated_at_idx\` ON \`renditions\` (\`updated_at\`);`)
  await db.run(sql`CREATE INDEX \`renditions_created_at_idx\` ON \`renditions\` (\`created_at\`);`)
  await db.run(sql`CREATE TABLE \`orphans\` (
  	\`id\` text(36) PRIMARY KEY NOT NULL,
  	\`key\` text NOT NULL,
  	\`state\` text NOT NULL,
  	\`bytes\` numeric,
  	\`reported_at\` numeric NOT NULL,
  	\`removed_at\` numeric,
  	\`updated_at\` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) NOT NULL,
  	\`created_at\` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) NOT NULL
  );
  `)
  await db.run(sql`CREATE UNIQUE INDEX \`orphans_key_idx\` ON \`orphans\` (\`key\`);`)
  await db.run(sql`CREATE INDEX \`orphans_state_idx\` ON \`orphans\` (\`state\`);`)
  await db.run(sql`CREATE INDEX \`orphans_updated_at_idx\` ON \`orphans\` (\`updated_at\`);`)
  await db.run(sql`CREATE INDEX \`orphans_created_at_idx\` ON \`orphans\` (\`created_at\`);`)
  await db.run(sql`CREATE TABLE \`captions\` (
  	\`id\` text(36) PRIMARY KEY NOT NULL,
  	\`key\` text NOT NULL,
  	\`asset\` text NOT NULL,
  	\`language\` text NOT NULL,
  	\`state\` text NOT NULL,
  	\`origin\` text,
  	\`model\` text,
  	\`cues\` text,
  	\`count\` numeric DEFAULT 0,
  	\`edited_by\` text,
  	\`edited_by_name\` text,
  	\`edited_at\` text,
  	\`accepted_by\` text,
  	\`accepted_by_name\` text,
  	\`accepted_at\` text,
  	\`digest\` text,
  	\`hearing\` text,
  	\`hearing_id\` text,
  	\`hearing_tries\` numeric DEFAULT 0,
  	\`hearing_help\` text,
  	\`lease_by\` text,
  	\`lease_until\` numeric DEFAULT 0,
  	\`heard\` text,
  	\`revision\` numeric DEFAULT 0 NOT NULL,
  	\`pending\` integer DEFAULT false,
  	\`pending_event\` text,
  	\`updated_at\` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) NOT NULL,
  	\`created_at\` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) NOT NULL
  );
  `)
  await db.run(sql`CREATE UNIQUE INDEX \`captions_key_idx\` ON \`captions\` (\`key\`);`)
  await db.run(sql`CREATE INDEX \`captions_asset_idx\` ON \`captions\` (\`asset\`);`)
  await db.run(sql`CREATE INDEX \`captions_language_idx\` ON \`captions\` (\`language\`);`)
  await db.run(sql`CREATE INDEX \`captions_state_idx\` ON \`captions\` (\`state\`);`)
  await db.run(sql`CREATE INDEX \`captions_hearing_idx\` ON \`captions\` (\`hearing\`);`)
  await db.run(sql`CREATE INDEX \`captions_revision_idx\` ON \`captions\` (\`revision\`);`)
  await db.run(sql`CREATE INDEX \`captions_pending_idx\` ON \`captions\` (\`pending\`);`)
  await db.run(sql`CREATE INDEX \`captions_updated_at_idx\` ON \`captions\` (\`updated_at\`);`)
  await db.run(sql`CREATE INDEX \`captions_created_at_idx\` ON \`captions\` (\`created_at\`);`)
  await db.run(sql`CREATE TABLE \`channels\` (
  	\`id\` text(36) PRIMARY KEY NOT NULL,
  	\`name\` text NOT NULL,
  	\`platform\` text NOT NULL,
  	\`active\` integer DEFAULT true,
  	\`held\` integer DEFAULT false,
  	\`insurance\` integer DEFAULT false,
  	\`settings\` text NOT NULL,
  	\`token\` text,
  	\`account\` text,
  	\`account_key\` text NOT NULL,
  	\`revision\` numeric DEFAULT 0 NOT NULL,
  	\`pending\` integer DEFAULT false,
  	\`pending_event\` text,
  	\`updated_at\` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) NOT NULL,
  	\`created_at\` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) NOT NULL
  );
  `)
  await db.run(sql`CREATE INDEX \`channels_platform_idx\` ON \`channels\` (\`platform\`);`)
  await db.run(sql`CREATE UNIQUE INDEX \`channels_account_key_idx\` ON \`channels\` (\`account_key\`);`)
  await db.run(sql`CREATE INDEX \`channels_revision_idx\` ON \`channels\` (\`revision\`);`)
  await db.run(sql`CREATE INDEX \`channels_pending_idx\` ON \`channels\` (\`pending\`);`)
  await db.run(sql`CREATE INDEX \`channels_updated_at_idx\` ON \`channels\` (\`updated_at\`);`)
  await db.run(sql`CREATE INDEX \`channels_created_at_idx\` ON \`channels\` (\`created_at\`);`)
  await db.run(sql`CREATE TABLE \`deliveries\` (
  	\`id\` text(36) PRIMARY KEY NOT NULL,
  	\`key\` text NOT NULL,
  	\`story\` text NOT NULL,
  	\`channel\` text NOT NULL,
  	\`platform\` text NOT NULL,
  	\`number\` numeric NOT NULL,
  	\`replaces\` text,
  	\`state\` text NOT NULL,
  	\`due_at\` text NOT NULL,
  	\`seal\` text,
  	\`seal_digest\` text,
  	\`checkpoint\` text,
  	\`external_id\` text,
  	\`url\` text,
  	\`code\` text,
  	\`line\` text,
  	\`tries\` numeric DEFAULT 0,
  	\`next_at\` numeric DEFAULT 0,
  	\`lease_by\` text,
  	\`lease_until\` numeric DEFAULT 0,
  	\`attempt\` text,
  	\`attempts\` numeric DEFAULT 0,
  	\`absent_at\` numeric DEFAULT 0,
  	\`armed\` integer DEFAULT false,
  	\`goal\` text,
  	\`wanted\` text,
  	\`gone_count\` numeric DEFAULT 0,
  	\`proof\` text,
  	\`revision\` numeric DEFAULT 0 NOT NULL,
  	\`pending\` integer DEFAULT false,
  	\`pending_event\` text,
  	\`updated_at\` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) NOT NULL,
  	\`created_at\` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) NOT NULL
  );
  `)
  await db.run(sql`CREATE UNIQUE INDEX \`deliveries_key_idx\` ON \`deliveries\` (\`key\`);`)
  await db.run(sql`CREATE INDEX \`deliveries_story_idx\` ON \`deliveries\` (\`story\`);`)
  await db.run(sql`CREATE INDEX \`deliveries_channel_idx\` ON \`deliveries\` (\`channel\`);`)
  await db.run(sql`CREATE INDEX \`deliveries_replaces_idx\` ON \`deliveries\` (\`replaces\`);`)
  await db.run(sql`CREATE INDEX \`deliveries_state_idx\` ON \`deliveries\` (\`state\`);`)
  await db.run(sql`CREATE INDEX \`deliveries_due_at_idx\` ON \`deliveries\` (\`due_at\`);`)
  await db.run(sql`CREATE INDEX \`deliveries_next_at_idx\` ON \`deliveries\` (\`next_at\`);`)
  await db.run(sql`CREATE INDEX \`deliveries_revision_idx\` ON \`deliveries\` (\`revision\`);`)
  await db.run(sql`CREATE INDEX \`deliveries_pending_idx\` ON \`deliveries\` (\`pending\`);`)
  await db.run(sql`CREATE INDEX \`deliveries_updated_at_idx\` ON \`deliveries\` (\`updated_at\`);`)
  await db.run(sql`CREATE INDEX \`deliveries_created_at_idx\` ON \`deliveries\` (\`created_at\`);`)
  await db.run(sql`CREATE TABLE \`editions\` (
  	\`id\` text(36) PRIMARY KEY NOT NULL,
  	\`delivery\` text NOT NULL,
  	\`key\` text NOT NULL,
  	\`story\` text NOT NULL,
  	\`path\` text NOT NULL,
  	\`number\` numeric NOT NULL,
  	\`seal\` text NOT NULL,
  	\`digest\` text NOT NULL,
  	\`snapshot\` text NOT NULL,
  	\`media_root\` text NOT NULL,
  	\`section\` text,
  	\`state\` text NOT NULL,
  	\`published_at\` text,
  	\`withdrawn_at\` text,
  	\`settled\` integer DEFAULT false,
  	\`revision\` numeric DEFAULT 0,
  	\`updated_at\` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) NOT NULL,
  	\`created_at\` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) NOT NULL
  );
  `)
  await db.run(sql`CREATE UNIQUE INDEX \`editions_delivery_idx\` ON \`editions\` (\`delivery\`);`)
  await db.run(sql`CREATE UNIQUE INDEX \`editions_key_idx\` ON \`editions\` (\`key\`);`)
  await db.run(sql`CREATE INDEX \`editions_story_idx\` ON \`editions\` (\`story\`);`)
  await db.run(sql`CREATE INDEX \`editions_path_idx\` ON \`editions\` (\`path\`);`)
  await db.run(sql`CREATE INDEX \`editions_seal_idx\` ON \`editions\` (\`seal\`);`)
  await db.run(sql`CREATE UNIQUE INDEX \`editions_media_root_idx\` ON \`editions\` (\`media_root\`);`)
  await db.run(sql`CREATE INDEX \`editions_section_idx\` ON \`editions\` (\`section\`);`)
  await db.run(sql`CREATE INDEX \`editions_state_idx\` ON \`editions\` (\`state\`);`)
  await db.run(sql`CREATE INDEX \`editions_published_at_idx\` ON \`editions\` (\`published_at\`);`)
  await db.run(sql`CREATE INDEX \`editions_settled_idx\` ON \`editions\` (\`settled\`);`)
  await db.run(sql`CREATE INDEX \`editions_revision_idx\` ON \`editions\` (\`revision\`);`)
  await db.run(sql`CREATE INDEX \`editions_updated_at_idx\` ON \`editions\` (\`updated_at\`);`)
  await db.run(sql`CREATE INDEX \`editions_created_at_idx\` ON \`editions\` (\`created_at\`);`)
  await db.run(sql`CREATE TABLE \`sections\` (
  	\`id\` text(36) PRIMARY KEY NOT NULL,
  	\`name\` text NOT NULL,
  	\`slug\` text NOT NULL,
  	\`updated_at\` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) NOT NULL,
  	\`created_at\` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) NOT NULL
  );
  `)
  await db.run(sql`CREATE UNIQUE INDEX \`sections_slug_idx\` ON \`sections\` (\`slug\`);`)
  await db.run(sql`CREATE INDEX \`sections_updated_at_idx\` ON \`sections\` (\`updated_at\`);`)
  await db.run(sql`CREATE INDEX \`sections_created_at_idx\` ON \`sections\` (\`created_at\`);`)
  await db.run(sql`CREATE TABLE \`sources\` (
  	\`id\` text(36) PRIMARY KEY NOT NULL,
  	\`name\` text NOT NULL,
  	\`credit\` text NOT NULL,
  	\`domain\` text,
  	\`own\` integer DEFAULT false,
  	\`in_force\` integer DEFAULT true,
  	\`version\` numeric DEFAULT 1,
  	\`updated_at\` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) NOT NULL,
  	\`created_at\` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) NOT NULL
  );
  `)
  await db.run(sql`CREATE INDEX \`sources_updated_at_idx\` ON \`sources\` (\`updated_at\`);`)
  await db.run(sql`CREATE INDEX \`sources_created_at_idx\` ON \`sources\` (\`created_at\`);`)
  await db.run(sql`CREATE TABLE \`switches\` (
  	\`id\` text(36) PRIMARY KEY NOT NULL,
  	\`name\` text NOT NULL,
  	\`held\` integer DEFAULT false,
  	\`reason\` text,
  	\`revision\` numeric DEFAULT 0 NOT NULL,
  	\`pending\` integer DEFAULT false,
  	\`pending_event\` text,
  	\`updated_at\` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) NOT NULL,
  	\`created_at\` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) NOT NULL
  );
  `)
  await db.run(sql`CREATE UNIQUE INDEX \`switches_name_idx\` ON \`switches\` (\`name\`);`)
  await db.run(sql`CREATE INDEX \`switches_revision_idx\` ON \`switches\` (\`revision\`);`)
  await db.run(sql`CREATE INDEX \`switches_pending_idx\` ON \`switches\` (\`pending\`);`)
  await db.run(sql`CREATE INDEX \`switches_updated_at_idx\` ON \`switches\` (\`updated_at\`);`)
  await db.run(sql`CREATE INDEX \`switches_created_at_idx\` ON \`switches\` (\`created_at\`);`)
  await db.run(sql`CREATE TABLE \`users_roles\` (
  	\`order\` integer NOT NULL,
  	\`parent_id\` text(36) NOT NULL,
  	\`value\` text,
  	\`id\` text(36) PRIMARY KEY NOT NULL,
  	FOREIGN KEY (\`parent_id\`) REFERENCES \`users\`(\`id\`) ON UPDATE no action ON DELETE cascade
  );
  `)
  await db.run(sql`CREATE INDEX \`users_roles_order_idx\` ON \`users_roles\` (\`order\`);`)
  await db.run(sql`CREATE INDEX \`users_roles_parent_idx\` ON \`users_roles\` (\`parent_id\`);`)
  await db.run(sql`CREATE TABLE \`users_sessions\` (
  	\`_order\` integer NOT NULL,
  	\`_parent_id\` text(36) NOT NULL,
  	\`id\` text PRIMARY KEY NOT NULL,
  	\`created_at\` text,
  	\`expires_at\` text NOT NULL,
  	FOREIGN KEY (\`_parent_id\`) REFERENCES \`users\`(\`id\`) ON UPDATE no action ON DELETE cascade
  );
  `)
  await db.run(sql`CREATE INDEX \`users_sessions_order_idx\` ON \`users_sessions\` (\`_order\`);`)
  await db.run(sql`CREATE INDEX \`users_sessions_parent_id_idx\` ON \`users_sessions\` (\`_parent_id\`);`)
  await db.run(sql`CREATE TABLE \`users\` (
  	\`id\` text(36) PRIMARY KEY NOT NULL,
  	\`name\` text NOT NULL,
  	\`active\` integer DEFAULT true,
  	\`updated_at\` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) NOT NULL,
  	\`created_at\` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) NOT NULL,
  	\`email\` text NOT NULL,
  	\`reset_password_token\` text,
  	\`reset_password_expiration\` text,
  	\`salt\` text,
  	\`hash\` text,
  	\`reset_password_requested_at\` text
  );
  `)
  await db.run(sql`CREATE INDEX \`users_updated_at_idx\` ON \`users\` (\`updated_at\`);`)
  await db.run(sql`CREATE INDEX \`users_created_at_idx\` ON \`users\` (\`created_at\`);`)
  await db.run(sql`CREATE UNIQUE INDEX \`users_email_idx\` ON \`users\` (\`email\`);`)
  await db.run(sql`CREATE TABLE \`service_accounts_rights\` (
  	\`order\` integer NOT NULL,
  	\`parent_id\` text(36) NOT NULL,
  	\`value\` text,
  	\`id\` text(36) PRIMARY KEY NOT NULL,
  	FOREIGN KEY (\`parent_id\`) REFERENCES \`service_accounts\`(\`id\`) ON UPDATE no action ON DELETE cascade
  );
  `)
  await db.run(sql`CREATE INDEX \`service_accounts_rights_order_idx\` ON \`service_accounts_rights\` (\`order\`);`)
  await db.run(sql`CREATE INDEX \`service_accounts_rights_parent_idx\` ON \`service_accounts_rights\` (\`parent_id\`);`)
  await db.run(sql`CREATE TABLE \`service_accounts\` (
  	\`id\` text(36) PRIMARY KEY NOT NULL,
  	\`name\` text NOT NULL,
  	\`active\` integer DEFAULT true,
  	\`updated_at\` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) NOT NULL,
  	\`created_at\` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) NOT NULL,
  	\`enable_a_p_i_key\` integer,
  	\`api_key\` text,
  	\`api_key_index\` text
  );
  `)
  await db.run(sql`CREATE INDEX \`service_accounts_updated_at_idx\` ON \`service_accounts\` (\`updated_at\`);`)
  await db.run(sql`CREATE INDEX \`service_accounts_created_at_idx\` ON \`service_accounts\` (\`created_at\`);`)
  await db.run(sql`CREATE TABLE \`audit_entries\` (
  	\`id\` text(36) PRIMARY KEY NOT NULL,
  	\`key\` text NOT NULL,
  	\`at\` text NOT NULL,
  	\`actor_id\` text,
  	\`actor_name\` text,
  	\`actor_roles\` text,
  	\`action\` text NOT NULL,
  	\`outcome\` text NOT NULL,
  	\`subject\` text,
  	\`subject_id\` text,
  	\`story\` text,
  	\`reason\` text,
  	\`detail\` text,
  	\`linked\` integer DEFAULT false,
  	\`updated_at\` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) NOT NULL,
  	\`created_at\` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) NOT NULL
  );
  `)
  await db.run(sql`CREATE UNIQUE INDEX \`audit_entries_key_idx\` ON \`audit_entries\` (\`key\`);`)
  await db.run(sql`CREATE INDEX \`audit_entries_at_idx\` ON \`audit_entries\` (\`at\`);`)
  await db.run(sql`CREATE INDEX \`audit_entries_actor_id_idx\` ON \`audit_entries\` (\`actor_id\`);`)
  await db.run(sql`CREATE INDEX \`audit_entries_action_idx\` ON \`audit_entries\` (\`action\`);`)
  await db.run(sql`CREATE INDEX \`audit_entries_outcome_idx\` ON \`audit_entries\` (\`outcome\`);`)
  await db.run(sql`CREATE INDEX \`audit_entries_subject_id_idx\` ON \`audit_entries\` (\`subject_id\`);`)
  await db.run(sql`CREATE INDEX \`audit_entries_story_idx\` ON \`audit_entries\` (\`story\`);`)
  await db.run(sql`CREATE INDEX \`audit_entries_linked_idx\` ON \`audit_entries\` (\`linked\`);`)
  await db.run(sql`CREATE INDEX \`audit_entries_updated_at_idx\` ON \`audit_entries\` (\`updated_at\`);`)
  await db.run(sql`CREATE INDEX \`audit_entries_created_at_idx\` ON \`audit_entries\` (\`created_at\`);`)
  await db.run(sql`CREATE TABLE \`audit_links\` (
  	\`id\` text(36) PRIMARY KEY NOT NULL,
  	\`seq\` numeric NOT NULL,
  	\`entry_key\` text NOT NULL,
  	\`prev\` text NOT NULL,
  	\`hash\` text NOT NULL,
  	\`updated_at\` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) NOT NULL,
  	\`created_at\` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) NOT NULL
  );
  `)
  await db.run(sql`CREATE UNIQUE INDEX \`audit_links_seq_idx\` ON \`audit_links\` (\`seq\`);`)
  await db.run(sql`CREATE UNIQUE INDEX \`audit_links_entry_key_idx\` ON \`audit_links\` (\`entry_key\`);`)
  await db.run(sql`CREATE INDEX \`audit_links_updated_at_idx\` ON \`audit_links\` (\`updated_at\`);`)
  await db.run(sql`CREATE INDEX \`audit_links_created_at_idx\` ON \`audit_links\` (\`created_at\`);`)
  await db.run(sql`CREATE TABLE \`outbox\` (
  	\`id\` text(36) PRIMARY KEY NOT NULL,
  	\`key\` text NOT NULL,
  	\`job\` text NOT NULL,
  	\`payload\` text NOT NULL,
  	\`done\` integer DEFAULT false,
  	\`parked\` integer DEFAULT false,
  	\`failures\` numeric DEFAULT 0,
  	\`not_before\` text,
  	\`line\` text,
  	\`updated_at\` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) NOT NULL,
  	\`created_at\` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) NOT NULL
  );
  `)
  await db.run(sql`CREATE UNIQUE INDEX \`outbox_key_idx\` ON \`outbox\` (\`key\`);`)
  await db.run(sql`CREATE INDEX \`outbox_job_idx\` ON \`outbox\` (\`job\`);`)
  await db.run(sql`CREATE INDEX \`outbox_done_idx\` ON \`outbox\` (\`done\`);`)
  await db.run(sql`CREATE INDEX \`outbox_parked_idx\` ON \`outbox\` (\`parked\`);`)
  await db.run(sql`CREATE INDEX \`outbox_not_before_idx\` ON \`outbox\` (\`not_before\`);`)
  await db.run(sql`CREATE INDEX \`outbox_updated_at_idx\` ON \`outbox\` (\`updated_at\`);`)
  await db.run(sql`CREATE INDEX \`outbox_created_at_idx\` ON \`outbox\` (\`created_at\`);`)
  await db.run(sql`CREATE TABLE \`leases\` (
  	\`id\` text(36) PRIMARY KEY NOT NULL,
  	\`name\` text NOT NULL,
  	\`holder\` text,
  	\`until\` numeric DEFAULT 0,
  	\`revision\` numeric DEFAULT 0,
  	\`updated_at\` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) NOT NULL,
  	\`created_at\` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) NOT NULL
  );
  `)
  await db.run(sql`CREATE UNIQUE INDEX \`leases_name_idx\` ON \`leases\` (\`name\`);`)
  await db.run(sql`CREATE INDEX \`leases_revision_idx\` ON \`leases\` (\`revision\`);`)
  await db.run(sql`CREATE INDEX \`leases_updated_at_idx\` ON \`leases\` (\`updated_at\`);`)
  await db.run(sql`CREATE INDEX \`leases_created_at_idx\` ON \`leases\` (\`created_at\`);`)
  await db.run(sql`CREATE TABLE \`payload_kv\` (
  	\`id\` text(36) PRIMARY KEY NOT NULL,
  	\`key\` text NOT NULL,
  	\`data\` text NOT NULL
  );
  `)
  await db.run(sql`CREATE UNIQUE INDEX \`payload_kv_key_idx\` ON \`payload_kv\` (\`key\`);`)
  await db.run(sql`CREATE TABLE \`payload_locked_documents\` (
  	\`id\` text(36) PRIMARY KEY NOT NULL,
  	\`global_slug\` text,
  	\`updated_at\` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) NOT NULL,
  	\`created_at\` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) NOT NULL
  );
  `)
  await db.run(sql`CREATE INDEX \`payload_locked_documents_global_slug_idx\` ON \`payload_locked_documents\` (\`global_slug\`);`)
  await db.run(sql`CREATE INDEX \`payload_locked_documents_updated_at_idx\` ON \`payload_locked_documents\` (\`updated_at\`);`)
  await db.run(sql`CREATE INDEX \`payload_locked_documents_created_at_idx\` ON \`payload_locked_documents\` (\`created_at\`);`)
  await db.run(sql`CREATE TABLE \`payload_locked_documents_rels\` (
  	\`id\` integer PRIMARY KEY NOT NULL,
  	\`order\` integer,
  	\`parent_id\` text(36) NOT NULL,
  	\`path\` text NOT NULL,
  	\`stories_id\` text(36),
  	\`variants_id\` text(36),
  	\`desk_items_id\` text(36),
  	\`seals_id\` text(36),
  	\`watches_id\` text(36),
  	\`uploads_id\` text(36),
  	\`assets_id\` text(36),
  	\`asset_notes_id\` text(36),
  	\`renditions_id\` text(36),
  	\`orphans_id\` text(36),
  	\`captions_id\` text(36),
  	\`channels_id\` text(36),
  	\`deliveries_id\` text(36),
  	\`editions_id\` text(36),
  	\`sections_id\` text(36),
  	\`sources_id\` text(36),
  	\`switches_id\` text(36),
  	\`users_id\` text(36),
  	\`service_accounts_id\` text(36),
  	\`audit_entries_id\` text(36),
  	\`audit_links_id\` text(36),
  	\`outbox_id\` text(36),
  	\`leases_id\` text(36),
  	FOREIGN KEY (\`parent_id\`) REFERENCES \`payload_locked_documents\`(\`id\`) ON UPDATE no action ON DELETE cascade,
  	FOREIGN KEY (\`stories_id\`) REFERENCES \`stories\`(\`id\`) ON UPDATE no action ON DELETE cascade,
  	FOREIGN KEY (\`variants_id\`) REFERENCES \`variants\`(\`id\`) ON UPDATE no action ON DELETE cascade,
  	FOREIGN KEY (\`desk_items_id\`) REFERENCES \`desk_items\`(\`id\`) ON UPDATE no action ON DELETE cascade,
  	FOREIGN KEY (\`seals_id\`) REFERENCES \`seals\`(\`id\`) ON UPDATE no action ON DELETE cascade,
  	FOREIGN KEY (\`watches_id\`) REFERENCES \`watches\`(\`id\`) ON UPDATE no action ON DELETE cascade,
  	FOREIGN KEY (\`uploads_id\`) REFERENCES \`uploads\`(\`id\`) ON UPDATE no action ON DELETE cascade,
  	FOREIGN KEY (\`assets_id\`) REFERENCES \`assets\`(\`id\`) ON UPDATE no action ON DELETE cascade,
  	FOREIGN KEY (\`asset_notes_id\`) REFERENCES \`asset_notes\`(\`id\`) ON UPDATE no action ON DELETE cascade,
  	FOREIGN KEY (\`renditions_id\`) REFERENCES \`renditions\`(\`id\`) ON UPDATE no action ON DELETE cascade,
  	FOREIGN KEY (\`orphans_id\`) REFERENCES \`orphans\`(\`id\`) ON UPDATE no action ON DELETE cascade,
  	FOREIGN KEY (\`captions_id\`) REFERENCES \`captions\`(\`id\`) ON UPDATE no action ON DELETE cascade,
  	FOREIGN KEY (\`channels_id\`) REFERENCES \`channels\`(\`id\`) ON UPDATE no action ON DELETE cascade,
  	FOREIGN KEY (\`deliveries_id\`) REFERENCES \`deliveries\`(\`id\`) ON UPDATE no action ON DELETE cascade,
  	FOREIGN KEY (\`editions_id\`) REFERENCES \`editions\`(\`id\`) ON UPDATE no action ON DELETE cascade,
  	FOREIGN KEY (\`sections_id\`) REFERENCES \`sections\`(\`id\`) ON UPDATE no action ON DELETE cascade,
  	FOREIGN KEY (\`sources_id\`) REFERENCES \`sources\`(\`id\`) ON UPDATE no action ON DELETE cascade,
  	FOREIGN KEY (\`switches_id\`) REFERENCES \`switches\`(\`id\`) ON UPDATE no action ON DELETE cascade,
  	FOREIGN KEY (\`users_id\`) REFERENCES \`users\`(\`id\`) ON UPDATE no action ON DELETE cascade,
  	FOREIGN KEY (\`service_accounts_id\`) REFERENCES \`service_accounts\`(\`id\`) ON UPDATE no action ON DELETE cascade,
  	FOREIGN KEY (\`audit_entries_id\`) REFERENCES \`audit_entries\`(\`id\`) ON UPDATE no action ON DELETE cascade,
  	FOREIGN KEY (\`audit_links_id\`) REFERENCES \`audit_links\`(\`id\`) ON UPDATE no action ON DELETE cascade,
  	FOREIGN KEY (\`outbox_id\`) REFERENCES \`outbox\`(\`id\`) ON UPDATE no action ON DELETE cascade,
  	FOREIGN KEY (\`leases_id\`) REFERENCES \`leases\`(\`id\`) ON UPDATE no action ON DELETE cascade
  );
  `)
  await db.run(sql`CREATE INDEX \`payload_locked_documents_rels_order_idx\` ON \`payload_locked_documents_rels\` (\`order\`);`)
  await db.run(sql`CREATE INDEX \`payload_locked_documents_rels_parent_idx\` ON \`payload_locked_documents_rels\` (\`parent_id\`);`)
  await db.run(sql`CREATE INDEX \`payload_locked_documents_rels_path_idx\` ON \`payload_locked_documents_rels\` (\`path\`);`)
  await db.run(sql`CREATE INDEX \`payload_locked_documents_rels_stories_id_idx\` ON \`payload_locked_documents_rels\` (\`stories_id\`);`)
  await db.run(sql`CREATE INDEX \`payload_locked_documents_rels_variants_id_idx\` ON \`payload_locked_documents_rels\` (\`variants_id\`);`)
  await db.run(sql`CREATE INDEX \`payload_locked_documents_rels_desk_items_id_idx\` ON \`payload_locked_documents_rels\` (\`desk_items_id\`);`)
  await db.run(sql`CREATE INDEX \`payload_locked_documents_rels_seals_id_idx\` ON \`payload_locked_documents_rels\` (\`seals_id\`);`)
  await db.run(sql`CREATE INDEX \`payload_locked_documents_rels_watches_id_idx\` ON \`payload_locked_documents_rels\` (\`watches_id\`);`)
  await db.run(sql`CREATE INDEX \`payload_locked_documents_rels_uploads_id_idx\` ON \`payload_locked_documents_rels\` (\`uploads_id\`);`)
  await db.run(sql`CREATE INDEX \`payload_locked_documents_rels_assets_id_idx\` ON \`payload_locked_documents_rels\` (\`assets_id\`);`)
  await db.run(sql`CREATE INDEX \`payload_locked_documents_rels_asset_notes_id_idx\` ON \`payload_locked_documents_rels\` (\`asset_notes_id\`);`)
  await db.run(sql`CREATE INDEX \`payload_locked_documents_rels_renditions_id_idx\` ON \`payload_locked_documents_rels\` (\`renditions_id\`);`)
  await db.run(sql`CREATE INDEX \`payload_locked_documents_rels_orphans_id_idx\` ON \`payload_locked_documents_rels\` (\`orphans_id\`);`)
  await db.run(sql`CREATE INDEX \`payload_locked_documents_rels_captions_id_idx\` ON \`payload_locked_documents_rels\` (\`captions_id\`);`)
  await db.run(sql`CREATE INDEX \`payload_locked_documents_rels_channels_id_idx\` ON \`payload_locked_documents_rels\` (\`channels_id\`);`)
  await db.run(sql`CREATE INDEX \`payload_locked_documents_rels_deliveries_id_idx\` ON \`payload_locked_documents_rels\` (\`deliveries_id\`);`)
  await db.run(sql`CREATE INDEX \`payload_locked_documents_rels_editions_id_idx\` ON \`payload_locked_documents_rels\` (\`editions_id\`);`)
  await db.run(sql`CREATE INDEX \`payload_locked_documents_rels_sections_id_idx\` ON \`payload_locked_documents_rels\` (\`sections_id\`);`)
  await db.run(sql`CREATE INDEX \`payload_locked_documents_rels_sources_id_idx\` ON \`payload_locked_documents_rels\` (\`sources_id\`);`)
  await db.run(sql`CREATE INDEX \`payload_locked_documents_rels_switches_id_idx\` ON \`payload_locked_documents_rels\` (\`switches_id\`);`)
  await db.run(sql`CREATE INDEX \`payload_locked_documents_rels_users_id_idx\` ON \`payload_locked_documents_rels\` (\`users_id\`);`)
  await db.run(sql`CREATE INDEX \`payload_locked_documents_rels_service_accounts_id_idx\` ON \`payload_locked_documents_rels\` (\`service_accounts_id\`);`)
  await db.run(sql`CREATE INDEX \`payload_locked_documents_rels_audit_entries_id_idx\` ON \`payload_locked_documents_rels\` (\`audit_entries_id\`);`)
  await db.run(sql`CREATE INDEX \`payload_locked_documents_rels_audit_links_id_idx\` ON \`payload_locked_documents_rels\` (\`audit_links_id\`);`)
  await db.run(sql`CREATE INDEX \`payload_locked_documents_rels_outbox_id_idx\` ON \`payload_locked_documents_rels\` (\`outbox_id\`);`)
  await db.run(sql`CREATE INDEX \`payload_locked_documents_rels_leases_id_idx\` ON \`payload_locked_documents_rels\` (\`leases_id\`);`)
  await db.run(sql`CREATE TABLE \`payload_preferences\` (
  	\`id\` text(36) PRIMARY KEY NOT NULL,
  	\`key\` text,
  	\`value\` text,
  	\`updated_at\` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) NOT NULL,
  	\`created_at\` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) NOT NULL
  );
  `)
  await db.run(sql`CREATE INDEX \`payload_preferences_key_idx\` ON \`payload_preferences\` (\`key\`);`)
  await db.run(sql`CREATE INDEX \`payload_preferences_updated_at_idx\` ON \`payload_preferences\` (\`updated_at\`);`)
  await db.run(sql`CREATE INDEX \`payload_preferences_created_at_idx\` ON \`payload_preferences\` (\`created_at\`);`)
  await db.run(sql`CREATE TABLE \`payload_preferences_rels\` (
  	\`id\` integer PRIMARY KEY NOT NULL,
  	\`order\` integer,
  	\`parent_id\` text(36) NOT NULL,
  	\`path\` text NOT NULL,
  	\`users_id\` text(36),
  	\`service_accounts_id\` text(36),
  	FOREIGN KEY (\`parent_id\`) REFERENCES \`payload_preferences\`(\`id\`) ON UPDATE no action ON DELETE cascade,
  	FOREIGN KEY (\`users_id\`) REFERENCES \`users\`(\`id\`) ON UPDATE no action ON DELETE cascade,
  	FOREIGN KEY (\`service_accounts_id\`) REFERENCES \`service_accounts\`(\`id\`) ON UPDATE no action ON DELETE cascade
  );
  `)
  await db.run(sql`CREATE INDEX \`payload_preferences_rels_order_idx\` ON \`payload_preferences_rels\` (\`order\`);`)
  await db.run(sql`CREATE INDEX \`payload_preferences_rels_parent_idx\` ON \`payload_preferences_rels\` (\`parent_id\`);`)
  await db.run(sql`CREATE INDEX \`payload_preferences_rels_path_idx\` ON \`payload_preferences_rels\` (\`path\`);`)
  await db.run(sql`CREATE INDEX \`payload_preferences_rels_users_id_idx\` ON \`payload_preferences_rels\` (\`users_id\`);`)
  await db.run(sql`CREATE INDEX \`payload_preferences_rels_service_accounts_id_idx\` ON \`payload_preferences_rels\` (\`service_accounts_id\`);`)
  await db.run(sql`CREATE TABLE \`payload_migrations\` (
  	\`id\` text(36) PRIMARY KEY NOT NULL,
  	\`name\` text,
  	\`batch\` numeric,
  	\`updated_at\` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) NOT NULL,
  	\`created_at\` text DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) NOT NULL
  );
  `)
  await db.run(sql`CREATE INDEX \`payload_migrations_updated_at_idx\` ON \`payload_migrations\` (\`updated_at\`);`)
  await db.run(sql`CREATE INDEX \`payload_migrations_created_at_idx\` ON \`payload_migrations\` (\`created_at\`);`)
}

export async function down({ db, payload, req }: MigrateDownArgs): Promise<void> {
  await db.run(sql`DROP TABLE \`stories\`;`)
  await db.run(sql`DROP TABLE \`_stories_v\`;`)
  await db.run(sql`DROP TABLE \`variants\`;`)
  await db.run(sql`DROP TABLE \`desk_items\`;`)
  await db.run(sql`DROP TABLE \`seals\`;`)
  await db.run(sql`DROP TABLE \`watches\`;`)
  await db.run(sql`DROP TABLE \`uploads\`;`)
  await db.run(sql`DROP TABLE \`assets\`;`)
  await db.run(sql`DROP TABLE \`asset_notes\`;`)
  await db.run(sql`DROP TABLE \`renditions\`;`)
  await db.run(sql`DROP TABLE \`orphans\`;`)
  await db.run(sql`DROP TABLE \`captions\`;`)
  await db.run(sql`DROP TABLE \`channels\`;`)
  await db.run(sql`DROP TABLE \`deliveries\`;`)
  await db.run(sql`DROP TABLE \`editions\`;`)
  await db.run(sql`DROP TABLE \`sections\`;`)
  await db.run(sql`DROP TABLE \`sources\`;`)
  await db.run(sql`DROP TABLE \`switches\`;`)
  await db.run(sql`DROP TABLE \`users_roles\`;`)
  await db.run(sql`DROP TABLE \`users_sessions\`;`)
  await db.run(sql`DROP TABLE \`users\`;`)
  await db.run(sql`DROP TABLE \`service_accounts_rights\`;`)
  await db.run(sql`DROP TABLE \`service_accounts\`;`)
  await db.run(sql`DROP TABLE \`audit_entries\`;`)
  await db.run(sql`DROP TABLE \`audit_links\`;`)
  await db.run(sql`DROP TABLE \`outbox\`;`)
  await db.run(sql`DROP TABLE \`leases\`;`)
  await db.run(sql`DROP TABLE \`payload_kv\`;`)
  await db.run(sql`DROP TABLE \`payload_locked_documents\`;`)
  await db.run(sql`DROP TABLE \`payload_locked_documents_rels\`;`)
  await db.run(sql`DROP TABLE \`payload_preferences\`;`)
  await db.run(sql`DROP TABLE \`payload_preferences_rels\`;`)
  await db.run(sql`DROP TABLE \`payload_migrations\`;`)
}
