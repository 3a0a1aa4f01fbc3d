package org.expmaster.host.plugin;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.expmaster.plugin.MasterContext;
import org.expmaster.plugin.MasterPlugin;
import org.pf4j.DefaultPluginManager;
import org.pf4j.ExtensionFactory;
import org.pf4j.InvalidPluginDescriptorException;
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

  @Override
  protected void validatePluginDescriptor(PluginDescriptor descriptor) {
    super.validatePluginDescriptor(descriptor);
    PluginWrapper other = getPlugin(descriptor.getPluginId());
    if (other != null) {
      throw new InvalidPluginDescriptorException(
          "its id %s is that of %s, which is loaded already"
              .formatted(descriptor.getPluginId(), other.getPluginPath().getFileName()));
    }
  }

  @Override
  protected boolean isPluginValid(PluginWrapper wrapper) {
    try {
      return super.isPluginValid(wrapper);
    } catch (RuntimeException e) {
      throw new PluginRuntimeException(
          "its Plugin-Requires is no version expression: " + wrapper.getDescriptor().getRequires());
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

  /** Unloads a plugin; afterwards nothing here references it. */
  void forget(String id) {
    ClassLoader loader = getPluginClassLoader(id);
    extensions.keySet().removeIf(type -> type.getClassLoader() == loader);
    unloadPlugin(id);
  }

  /** To PF4J, a plugin whose stop() threw is STARTED; it would call stop() again. */
  void markFailed(String id) {
    PluginWrapper wrapper = getPlugin(id);
    wrapper.setPluginState(PluginState.FAILED);
    getStartedPlugins().remove(wrapper);
  }
}
