import {
  ask,
  client,
  type Page,
  type Rejudging,
  type RejudgingChange,
  type RejudgingFilter,
  type RejudgingItem,
  type RejudgingPreview,
} from "@/api";
import type { OUTCOMES } from "./states";

/** The document says "text" for states and verdicts; here are the closed words. */
export function listRejudgings(cursor?: string): Promise<Page<RejudgingItem>> {
  const query = cursor ? { cursor } : {};
  return ask(client.GET("/rejudgings", { params: { query } })) as Promise<unknown> as Promise<
    Page<RejudgingItem>
  >;
}

export function readRejudging(id: string): Promise<Rejudging> {
  const params = { path: { rejudging_id: id } };
  return ask(
    client.GET("/rejudgings/{rejudging_id}", { params }),
  ) as Promise<unknown> as Promise<Rejudging>;
}

export function readChanges(
  id: string,
  outcome: (typeof OUTCOMES)[number] | "",
  cursor?: string,
): Promise<Page<RejudgingChange>> {
  const params = {
    path: { rejudging_id: id },
    query: { ...(outcome && { outcome }), ...(cursor && { cursor }) },
  };
  return ask(
    client.GET("/rejudgings/{rejudging_id}/changes", { params }),
  ) as Promise<unknown> as Promise<Page<RejudgingChange>>;
}

export function closeRejudging(id: string, how: "apply" | "cancel"): Promise<Rejudging> {
  const params = { path: { rejudging_id: id } };
  return ask(
    client.POST(`/rejudgings/{rejudging_id}/${how}`, { params }),
  ) as Promise<unknown> as Promise<Rejudging>;
}

export function previewRejudging(filter: RejudgingFilter): Promise<RejudgingPreview> {
  return ask(client.POST("/rejudgings/preview", { body: { filter } }));
}

export function createRejudging(
  reason: string,
  filter: RejudgingFilter,
  apply: "auto" | "manual",
): Promise<Rejudging> {
  const body = { reason, filter, apply };
  return ask(client.POST("/rejudgings", { body })) as Promise<unknown> as Promise<Rejudging>;
}
