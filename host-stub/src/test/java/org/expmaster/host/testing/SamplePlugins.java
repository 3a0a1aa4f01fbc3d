package org.expmaster.host.testing;

/** Plugins that behave well, and plugins that do not. */
public final class SamplePlugins {
  private static final String GOOD =
      """
      Sample(MasterContext master) { super(master); Heard.say("made"); }
      @Override public void start() {
        master().routes().add("GET", "/good/{name}", Access.LOGGED_IN,
            r -> Response.json(("{\\"hello\\":\\"" + r.pathParameters().get("name") + "\\"}").getBytes()));
        master().meters().counter("good.starts").increment();
        master().executors().register(new Worker());
        Heard.say("start");
      }
      @Override public void stop() { Heard.say("stop"); }

      static final class Worker implements BackgroundExecutor {
        private final Thread thread = new Thread(() -> {
          try { Thread.sleep(1_000_000); } catch (InterruptedException e) { }
        }, "good-worker");
        public String name() { return "worker"; }
        public void start() { thread.start(); Heard.say("executor starts"); }
        public boolean drain(Duration within) throws InterruptedException {
          thread.interrupt(); thread.join(); Heard.say("executor drains"); return true;
        }
        public Status status() {
          return new Status(thread.isAlive() ? State.RUNNING : State.NEW, Map.of("jobs", 7));
        }
      }
      """;

  private SamplePlugins() {}

  /** Records all its calls; has a route, an executor, a meter, a listener, and settings. */
  public static PluginJar good() {
    return PluginJar.of("good")
        .plugin(GOOD)
        .extension(
            "Both",
            "ExperimentLifecycleListener, MasterConfig",
            """
            Both(Sample owner) { Heard.say("extension for " + owner.getClass().getSimpleName()); }
            @Override public void stateChanged(ExperimentStateChange c, MasterTransaction t) {
              String what = c.experiment().id() + " " + c.experiment().state();
              Heard.say(what);
              t.afterCommit(() -> Heard.say(what + " committed"));
            }
            @Override public Map<String, Object> effective() {
              return Map.of("security", Map.of("webhook_signing_key", "made by good"));
            }
            """);
  }

  public static PluginJar throwingConstructor() {
    return PluginJar.of("constructor")
        .plugin(
            "Sample(MasterContext m) { super(m); throw new IllegalStateException(\"c-boom\"); }");
  }

  /** Leaves a route behind when it fails. */
  public static PluginJar throwingStart(String what) {
    return PluginJar.of("start")
        .plugin(
            """
            Sample(MasterContext master) { super(master); }
            @Override public void start() {
              master().routes().add("GET", "/start", Access.PUBLIC, r -> Response.json(new byte[0]));
              %s
            }
            """
                .formatted(what));
  }

  public static PluginJar throwingStop() {
    return PluginJar.of("stop")
        .plugin(
            """
            Sample(MasterContext master) { super(master); }
            @Override public void stop() {
              Heard.say("stop throws");
              throw new IllegalStateException("stop-boom");
            }
            """);
  }

  public static PluginJar throwingListener() {
    return PluginJar.of("listener")
        .plugin("Sample(MasterContext master) { super(master); }")
        .extension(
            "Bad",
            "ExperimentLifecycleListener",
            """
            @Override public void stateChanged(ExperimentStateChange c, MasterTransaction t) {
              if (c.experiment().state().isFinal()) { throw new AssertionError("l-boom"); }
            }
            """);
  }

  public static PluginJar throwingExecutor() {
    return PluginJar.of("executor")
        .plugin(
            """
            Sample(MasterContext master) { super(master); }
            @Override public void start() {
              master().executors().register(new BackgroundExecutor() {
                public String name() { return "broken"; }
                public void start() { throw new IllegalStateException("e-boom"); }
                public boolean drain(Duration within) { return true; }
                public Status status() { return new Status(State.NEW, Map.of()); }
              });
            }
            @Override public void stop() { Heard.say("executor's plugin stops"); }
            """);
  }
}
