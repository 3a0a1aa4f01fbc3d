package org.expmaster.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** The jar that the build has packaged. */
final class PackagedJar implements AutoCloseable {
  private final JarFile jar;

  PackagedJar() throws IOException {
    jar = new JarFile(file());
  }

  static File file() {
    return new File(System.getProperty("plugin.jar"));
  }

  long size() {
    return file().length();
  }

  Attributes manifest() throws IOException {
    return jar.getManifest().getMainAttributes();
  }

  boolean has(String name) {
    return jar.getEntry(name) != null;
  }

  Stream<String> files() {
    return jar.stream().filter(entry -> !entry.isDirectory()).map(JarEntry::getName);
  }

  byte[] bytes(String name) throws IOException {
    return jar.getInputStream(jar.getEntry(name)).readAllBytes();
  }

  String text(String name) throws IOException {
    return new String(bytes(name), UTF_8);
  }

  /** Returns the lines that are neither empty nor comments. */
  List<String> lines(String name) throws IOException {
    return text(name)
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .toList();
  }

  @Override
  public void close() throws IOException {
    jar.close();
  }
}
