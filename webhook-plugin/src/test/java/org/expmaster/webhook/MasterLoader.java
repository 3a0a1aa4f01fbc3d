package org.expmaster.webhook;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;

/** Loads what a master shares with its plugins, and nothing else of this test's class path. */
final class MasterLoader extends ClassLoader {
  private static final List<String> SHARED =
      List.of(
          "org.expmaster.plugin.",
          "org.pf4j.",
          "org.slf4j.",
          "io.micrometer.",
          "org.sqlite.",
          "org.postgresql.");

  private MasterLoader() {
    super(ClassLoader.getPlatformClassLoader());
  }

  /** Loads a plugin's jar. */
  static URLClassLoader load(File jar) throws IOException {
    return new URLClassLoader(new URL[] {jar.toURI().toURL()}, new MasterLoader());
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    if (SHARED.stream().anyMatch(name::startsWith)) {
      return MasterLoader.class.getClassLoader().loadClass(name);
    }
    throw new ClassNotFoundException(name + " is not a class the master shares");
  }
}
