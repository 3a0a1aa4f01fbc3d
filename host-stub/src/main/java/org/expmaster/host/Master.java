package org.expmaster.host;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.expmaster.host.auth.AuthResource;
import org.expmaster.host.auth.FailedLogins;
import org.expmaster.host.auth.FirstStart;
import org.expmaster.host.auth.LoginPage;
import org.expmaster.host.auth.Passwords;
import org.expmaster.host.auth.Sessions;
import org.expmaster.host.auth.UserResource;
import org.expmaster.host.auth.UserStore;
import org.expmaster.host.config.MasterSettings;
import org.expmaster.host.db.Database;
import org.expmaster.host.db.MasterInfo;
import org.expmaster.host.experiment.ExperimentControl;
import org.expmaster.host.experiment.ExperimentResource;
import org.expmaster.host.experiment.ExperimentStore;
import org.expmaster.host.experiment.HostExperiments;
import org.expmaster.host.experiment.JobRunner;
import org.expmaster.host.experiment.StateChanger;
import org.expmaster.host.experiment.TrialResource;
import org.expmaster.host.http.HttpServer;
import org.expmaster.host.http.OwnRoutes;
import org.expmaster.host.http.RouteTable;
import org.expmaster.host.http.SteadyClock;
import org.expmaster.host.info.AdminResource;
import org.expmaster.host.info.MasterResource;
import org.expmaster.host.info.MetricsResource;
import org.expmaster.host.lifecycle.LifecycleResource;
import org.expmaster.host.listener.ListenerCalls;
import org.expmaster.host.plugin.Extensions;
import org.expmaster.host.plugin.HostServices;
import org.expmaster.host.plugin.PluginRules;
import org.expmaster.host.plugin.Plugins;
import org.expmaster.host.plugin.RequiredPlugins;
import org.expmaster.host.task.JobSupportResource;
import org.expmaster.host.task.LogStreamResource;
import org.expmaster.host.task.LongPolls;
import org.expmaster.host.task.MetricResource;
import org.expmaster.host.task.Recorder;
import org.expmaster.host.task.TaskLogResource;
import org.expmaster.host.task.TaskResource;
import org.expmaster.host.task.TaskStore;
import org.expmaster.host.trace.OpenTelemetryTracing;
import org.expmaster.host.trace.Spans;
import org.expmaster.host.workspace.ProjectStore;
import org.expmaster.host.workspace.RolePermissions;
import org.expmaster.host.workspace.RoleResource;
import org.expmaster.host.workspace.RoleStore;
import org.expmaster.host.workspace.WorkspaceResource;
import org.expmaster.host.workspace.WorkspaceStore;
import org.expmaster.plugin.Settings;
import org.expmaster.plugin.Tracing;
import org.expmaster.plugin.WebhookPermissions;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running master. */
public final class Master implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Master.class);
  private static final String SELF = "the master";

  private final MasterSettings settings;
  private final Clock clock = Clock.systemUTC();
  private final RouteTable routes = new RouteTable();
  private final Extensions extensions = new Extensions();
  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Deque<AutoCloseable> toClose = new ArrayDeque<>();
  private Tracing tracing = Tracing.NONE;
  private Spans spans = Spans.NONE;
  private Optional<String> generatedPassword = Optional.empty();
  private HttpServer server;

  private Master(MasterSettings settings) {
    this.settings = settings;
  }

  /**
   * Starts all parts, the HTTP port last.
   *
   * @throws org.expmaster.host.config.ConfigException if the configuration cannot be used
   */
  public static Master start(MasterSettings settings) throws Exception {
    Master master = new Master(settings);
    try {
      master.start();
      return master;
    } catch (Throwable e) {
      master.close();
      throw e;
    }
  }

  private void start() throws Exception {
    toClose.push(meters::close);
    Database database = opened(Database.open(settings.db()));
    Jdbi jdbi = database.jdbi();
    ExperimentStore experiments = new ExperimentStore(jdbi);
    WorkspaceStore workspaces = new WorkspaceStore(jdbi);
    Sessions sessions = new Sessions(jdbi, clock);
    startTracing();
    addUsers(jdbi, sessions);
    StateChanger changer = changer(jdbi);

    RoleStore roles = new RoleStore(jdbi);
    HostServices services = services(database, new HostExperiments(experiments, workspaces), roles);
    Plugins plugins = opened(plugins(jdbi, services));
    JobRunner runner = opened(new JobRunner(experiments, changer, settings.jobs()));

    OwnRoutes own = routes.own(SELF);
    new MasterResource(MasterInfo.clusterId(jdbi), settings.clusterName()).addTo(own);
    new AdminResource(settings.tree(), plugins, extensions).addTo(own);
    new LifecycleResource(plugins).addTo(own);
    MetricsResource metrics = new MetricsResource(meters, settings.metricsToken());
    metrics.addTo(own);
    ProjectStore projects = new ProjectStore(jdbi);
    new WorkspaceResource(workspaces, projects).addTo(own);
    new RoleResource(workspaces, roles).addTo(own);
    ExperimentControl control = new ExperimentControl(experiments, changer, runner);
    new ExperimentResource(experiments, projects, control, runner, clock, settings.jobs())
        .addTo(own);
    new TrialResource(experiments, runner, settings.jobs()).addTo(own);
    addTasks(jdbi, workspaces);
    routes.open(SELF);

    plugins.startAll();
    RequiredPlugins.check(settings.requiredPlugins(), plugins.reports(), settings.pluginsDir());
    // after the plugins, so that their listeners do not miss a job that ends now
    runner.resumeAll();
    server =
        opened(
            HttpServer.start(
                settings.host(), settings.port(), routes, metrics.callers(sessions::caller)));
  }

  private Plugins plugins(Jdbi jdbi, HostServices services) {
    PluginRules rules =
        new PluginRules(
            settings.requiredPlugins(), settings.allowDowngrade(), new StoredPluginVersions(jdbi));
    return new Plugins(settings.pluginsDir(), services, extensions, rules);
  }

  private void startTracing() {
    if (settings.isTracing()) {
      OpenTelemetryTracing started = opened(new OpenTelemetryTracing());
      tracing = started;
      spans = started;
    }
  }

  private StateChanger changer(Jdbi jdbi) {
    return new StateChanger(
        jdbi,
        new ListenerCalls<>(extensions::lifecycleListeners, ExperimentStore::find, meters),
        clock,
        spans);
  }

  private HostServices services(Database database, HostExperiments experiments, RoleStore roles) {
    return new HostServices(
        Settings.of(settings.tree()),
        database.dataSource(),
        new HostRoutes(routes),
        experiments,
        new RolePermissions(WebhookPermissions.withoutRoles(experiments), roles),
        meters,
        tracing,
        clock);
  }

  private void addTasks(Jdbi jdbi, WorkspaceStore workspaces) {
    TaskStore tasks = new TaskStore(jdbi);
    Recorder recorder =
        new Recorder(
            jdbi,
            new ListenerCalls<>(extensions::taskLogListeners, ExperimentStore::find, meters),
            new ListenerCalls<>(extensions::metricListeners, ExperimentStore::find, meters));
    OwnRoutes own = routes.own(SELF);
    new TaskResource(tasks, workspaces, clock).addTo(own);
    new TaskLogResource(tasks, recorder, clock).addTo(own);
    new MetricResource(tasks, recorder, clock).addTo(own);
    LongPolls polls = new LongPolls();
    new LogStreamResource(tasks, polls).addTo(own);
    new JobSupportResource(tasks, polls).addTo(own);
  }

  private void addUsers(Jdbi jdbi, Sessions sessions) throws IOException {
    UserStore users = new UserStore(jdbi);
    Passwords passwords = new Passwords(settings.passwordIterations());
    generatedPassword = new FirstStart(users, passwords).run(settings.initialUserPassword());
    OwnRoutes own = routes.own(SELF);
    AuthResource auth =
        new AuthResource(users, passwords, sessions, new FailedLogins(new SteadyClock()));
    auth.addTo(own);
    new LoginPage(auth).addTo(own);
    new UserResource(users, passwords).addTo(own);
  }

  private <T extends AutoCloseable> T opened(T part) {
    toClose.push(part);
    return part;
  }

  /** Returns the generated password of the initial users, if this start generated one. */
  public Optional<String> generatedPassword() {
    return generatedPassword;
  }

  /** Returns all routes served, of the master and of its plugins, each as a method and a path. */
  public List<String> routes() {
    return routes.list();
  }

  public String url() {
    return "http://" + settings.host() + ":" + server.port();
  }

  /** Stops all parts in reverse order: the HTTP server, jobs, plugins, the database. */
  @Override
  public void close() {
    while (!toClose.isEmpty()) {
      try {
        toClose.pop().close();
      } catch (Exception | Error e) {
        // close the rest in any case: an unclosed database has to recover at the next start
        log.error("something did not close: {}", e.toString());
        log.debug("close", e);
      }
    }
  }
}
