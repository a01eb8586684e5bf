// What the hub sends, as docs/api.md says it. Fields that a kind does not have are left out.

export interface Session {
  name: string;
  roles: string[];
}

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface QualityComponent {
  value: number;
  limit: number;
  passed: boolean;
  iso_name?: string;
  hint?: string;
}

/** Overall score 0 to 1 and the components by name. */
export type Quality = { overall: number; passed: boolean } & Record<string, QualityComponent | number | boolean>;

export interface Face {
  face_id: string;
  person_id: string;
  name: string;
  quality_score: number;
  added_at: string;
  quality?: Quality;
}

export interface Person {
  person_id: string;
  name: string;
  external_id?: string | null;
  created_at?: string;
  face_count?: number;
  faces?: Face[];
}

export interface PeoplePage {
  people: Person[];
  total: number;
}

export interface Camera {
  camera_id: string;
  name: string;
  url?: string;
  device_id?: string | number;
  agent_id?: string;
  site_id?: string;
  state: string;
  state_reason?: string;
  width?: number;
  height?: number;
  frames_per_second?: number;
  since?: string;
}

/** A polygon in shares of the picture. */
export type Region = [number, number][];

export interface Hours {
  days: string[];
  from: string;
  to: string;
}

export interface Schedule {
  time_zone: string;
  hours: Hours[];
}

/** What can be set of a camera; null: not set. */
export interface CameraSettings {
  zones?: Region[] | null;
  masks?: Region[] | null;
  threshold?: number | null;
  min_face_size?: number | null;
  inference_budget?: number | null;
  schedule?: Schedule | null;
}

/** Whom a box is told of. */
export interface Selection {
  mode: string;
  watchlists?: string[];
}

export interface Watchlist {
  watchlist_id: string;
  name: string;
}

export interface Device {
  agent_id: string;
  site_id?: string;
  online: boolean;
  last_seen?: string | null;
  version?: string;
  ready?: boolean;
  not_ready_reason?: string;
  gallery_size?: number;
  spool_depth?: number;
  dropped_events?: number;
  load?: number | null;
  temperature_c?: number | null;
  groups?: string[];
  software?: Software[];
}

/** What a box runs of a product, and how it stands to what it was asked to run. */
export interface Software {
  product: string;
  version: string;
  state: string;
  reason: string;
}

/** A token by which a box joins; `join_token` is in the answer to its making only. */
export interface JoinToken {
  token_id: string;
  site_id: string;
  agent_id?: string | null;
  expires_at: string;
  used_at?: string | null;
  join_token?: string;
}

/** A stored event, or a live one with its kind written into it. */
export interface FacetEvent {
  kind: string;
  event_id?: string;
  camera_id?: string;
  camera_name?: string;
  track_id?: string;
  person_id?: string;
  face_id?: string;
  name?: string;
  confidence?: number;
  similarity?: number;
  threshold?: number;
  reason?: string;
  crop_url?: string | null;
  clip_url?: string | null;
  captured_at?: string;
  timestamp?: string;
  received_at?: string;
  simulated?: boolean;
  historical?: boolean;
}

export interface EventPage {
  events: FacetEvent[];
  next_cursor?: string | null;
}

export interface FrameFace {
  box: Box;
  track_id?: string | null;
  person_id?: string | null;
  name?: string | null;
  confidence?: number | null;
}

/** A live picture; boxes are in its pixels. */
export interface CameraFrame {
  camera_id: string;
  captured_at: string;
  width: number;
  height: number;
  jpeg: ArrayBuffer;
  faces: FrameFace[];
}

export interface DuplicateCandidate {
  person_id: string;
  face_id: string;
  name: string;
  confidence?: number;
}

/** Problem details (RFC 9457) with what the hub adds. */
export interface Problem {
  title?: string;
  status?: number;
  detail?: string;
  code?: string;
  quality?: Quality;
  candidate?: DuplicateCandidate;
}

/** How people may sign in beside password and key. */
export interface Ways {
  oidc?: { label: string; href: string };
}

/** What somebody signs in with. */
export type Credential = { readonly username: string; readonly password: string } | { readonly key: string };
