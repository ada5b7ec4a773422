package io.sluice.cli.operate;

import io.sluice.cli.Group;
import io.sluice.cli.Verb;
import java.util.Map;
import picocli.CommandLine;

/** The verbs of those who operate a gateway. Stateless. */
public final class OperateVerbs {
  private OperateVerbs() {}

  /** Adds them to a command. */
  public static void addTo(CommandLine root) {
    Group.add(
        root,
        "quota",
        "What accounts and buckets take, and may take.",
        Map.of("show", new ShowQuota(), "set", new SetQuota()));
    Group.add(
        root, "show", "Shows things.", Map.of("job", new ShowJobs(), "cache", new ShowCaches()));
    Group.add(root, "job", "Work that takes long.", Map.of("stop", new StopJob()));
    root.addSubcommand("evict", new EvictObjects());
    root.addSubcommand("prefetch", new PrefetchObjects());
    Map<String, Verb> verbs =
        Map.of("evict", new EvictObjects(), "prefetch", new PrefetchObjects());
    Group.add(root, "bucket", "Buckets.", verbs);
    Group.add(
        root,
        "store",
        "The store.",
        Map.of(
            "online-check", new StoreOnlineCheck(),
            "online-snapshot", new StoreOnlineSnapshot(),
            "scrubber", new StoreScrubber()));
  }
}
