import { ask, client, type Submission } from "@/api";
import { useLiveEvents } from "@/live";

/** A submission on its way: read again at each doorbell until its verdict is there. */
export function useSubmission() {
  const { thing, error, connection, watchThing, stop } = useLiveEvents<Submission>();

  function follow(id: string): void {
    watchThing({
      topic: `submission:${id}`,
      load: () =>
        ask(
          client.GET("/submissions/{submission_id}", { params: { path: { submission_id: id } } }),
        ),
      isFinished: (submission) => submission.state === "finished",
    });
  }

  return { submission: thing, error, connection, follow, stop };
}
