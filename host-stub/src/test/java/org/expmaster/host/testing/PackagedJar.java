package org.expmaster.host.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;

/** The packaged webhook plugin, as the build made it, or as if of another version. */
public final class PackagedJar {
  private PackagedJar() {}

  /** Returns the jar that the build made. */
  public static Path built() {
    return Path.of(System.getProperty("plugins.dir"), "webhook-plugin.jar");
  }

  /** Writes the plugin with another version in its manifest, and otherwise the same. */
  public static Path ofVersion(String version, Path to) throws IOException {
    try (JarFile jar = new JarFile(built().toFile())) {
      var manifest = jar.getManifest();
      manifest.getMainAttributes().putValue("Plugin-Version", version);
      try (OutputStream out = Files.newOutputStream(to);
          JarOutputStream copy = new JarOutputStream(out, manifest)) {
        copy.setLevel(0);
        for (var entry : Collections.list(jar.entries())) {
          if (!entry.getName().equals(JarFile.MANIFEST_NAME)) {
            copy.putNextEntry(new ZipEntry(entry.getName()));
            try (InputStream content = jar.getInputStream(entry)) {
              content.transferTo(copy);
            }
            copy.closeEntry();
          }
        }
      }
    }
    return to;
  }
}
