package org.expmaster.host.plugin;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.jar.JarFile;
import org.expmaster.plugin.MasterContext;
import org.expmaster.plugin.MasterPlugin;
import org.pf4j.DefaultPluginManager;
import org.pf4j.ExtensionFactory;
import org.pf4j.JarPluginLoader;
import org.pf4j.ManifestPluginDescriptorFinder;
import org.pf4j.Plugin;
import org.pf4j.PluginDescriptor;
import org.pf4j.PluginDescriptorFinder;
import org.pf4j.PluginFactory;
import org.pf4j.PluginLoader;
import org.pf4j.PluginRuntimeException;
import org.pf4j.PluginState;
import org.pf4j.PluginWrapper;

/** PF4J as this master uses it: jars only, plugins created with a context, extensions only once. */
final class Pf4j extends DefaultPluginManager {
  /** The version of the SPI, against which a plugin's Plugin-Requires is checked. */
  static final String SPI_VERSION = "1.0.0";

  private final Function<String, MasterContext> contexts;
  private final Map<Class<?>, Object> extensions = new ConcurrentHashMap<>();

  Pf4j(Path directory, Function<String, MasterContext> contexts) {
    super(directory);
    this.contexts = contexts;
    setSystemVersion(SPI_VERSION);
  }

  @Override
  protected PluginDescriptorFinder createPluginDescriptorFinder() {
    return new ManifestPluginDescriptorFinder();
  }

  @Override
  protected PluginLoader createPluginLoader() {
    return new JarPluginLoader(this);
  }

  /** Called by the super constructor, before the fields are set: hence the lambda. */
  @Override
  protected PluginFactory createPluginFactory() {
    return wrapper -> makePlugin(wrapper);
  }

  @Override
  protected ExtensionFactory createExtensionFactory() {
    return new ExtensionFactory() {
      @Override
      public <T> T create(Class<T> type) {
        return type.cast(extensions.computeIfAbsent(type, Pf4j.this::makeExtension));
      }
    };
  }

  /**
   * Reads what a jar says it is.
   *
   * @throws PluginRuntimeException if it is no plugin, or its version cannot be compared
   */
  PluginDescriptor describe(Path jar) {
    PluginDescriptor descriptor;
    try {
      descriptor = getPluginDescriptorFinder().find(jar);
    } catch (PluginRuntimeException e) {
      // PF4J's message names the copy, which nobody knows
      throw new PluginRuntimeException("its manifest cannot be read: " + e.getCause());
    }
    validatePluginDescriptor(descriptor);
    try {
      compare(descriptor.getVersion(), descriptor.getVersion());
    } catch (RuntimeException e) {
      throw new PluginRuntimeException(
          "its Plugin-Version is %s, and must be like 1.2.3".formatted(descriptor.getVersion()));
    }
    return descriptor;
  }

  /** Compares two versions; negative if the first is older. */
  int compare(String one, String other) {
    return getVersionManager().compareVersions(one, other);
  }

  /** Returns why a plugin could not even be loaded; empty if nothing speaks against it. */
  Optional<String> whyUnfit(PluginFile file) {
    PluginDescriptor descriptor = file.descriptor();
    try {
      if (!getVersionManager().checkVersionConstraint(SPI_VERSION, descriptor.getRequires())) {
        return Optional.of(otherApi(descriptor));
      }
    } catch (RuntimeException e) {
      return Optional.of(noExpression(descriptor));
    }
    String type = descriptor.getPluginClass();
    try (JarFile jar = new JarFile(file.copy().toFile())) {
      return jar.getEntry(type.replace('.', '/') + ".class") == null
          ? Optional.of("its class " + type + " is not in the jar")
          : Optional.empty();
    } catch (IOException e) {
      return Optional.of(Problem.of(e));
    }
  }

  static String otherApi(PluginDescriptor descriptor) {
    return "it needs a plugin API %s where this master offers %s"
        .formatted(descriptor.getRequires(), SPI_VERSION);
  }

  private static String noExpression(PluginDescriptor descriptor) {
    return "its Plugin-Requires is no version expression: " + descriptor.getRequires();
  }

  @Override
  protected boolean isPluginValid(PluginWrapper wrapper) {
    try {
      return super.isPluginValid(wrapper);
    } catch (RuntimeException e) {
      throw new PluginRuntimeException(noExpression(wrapper.getDescriptor()));
    }
  }

  private Plugin makePlugin(PluginWrapper wrapper) {
    String name = wrapper.getDescriptor().getPluginClass();
    Class<?> type;
    try {
      type = wrapper.getPluginClassLoader().loadClass(name);
    } catch (ClassNotFoundException e) {
      throw new PluginRuntimeException("its class " + name + " is not in the jar");
    }
    if (!MasterPlugin.class.isAssignableFrom(type)) {
      throw new PluginRuntimeException("its class " + name + " is no MasterPlugin");
    }
    return (Plugin) Instances.make(type, contexts.apply(wrapper.getPluginId()));
  }

  private Object makeExtension(Class<?> type) {
    Plugin owner = whichPlugin(type).getPlugin();
    return Instances.canMake(type, owner) ? Instances.make(type, owner) : Instances.make(type);
  }

  /** Returns whether a plugin has been started and not been stopped. */
  boolean runs(String id) {
    PluginWrapper wrapper = getPlugin(id);
    return wrapper != null && wrapper.getPluginState() == PluginState.STARTED;
  }

  /** Unloads a plugin if it is loaded; afterwards nothing here references it. */
  void forget(String id) {
    if (getPlugin(id) != null) {
      ClassLoader loader = getPluginClassLoader(id);
      extensions.keySet().removeIf(type -> type.getClassLoader() == loader);
      unloadPlugin(id);
    }
  }

  /** To PF4J, a plugin whose stop() threw is STARTED; it would call stop() again. */
  void markFailed(String id) {
    PluginWrapper wrapper = getPlugin(id);
    wrapper.setPluginState(PluginState.FAILED);
    getStartedPlugins().remove(wrapper);
  }
}
