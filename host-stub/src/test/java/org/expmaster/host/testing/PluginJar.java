package org.expmaster.host.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** A plugin's jar, compiled by the test: its classes are on no class path but its own. */
public final class PluginJar {
  private final Map<String, String> manifest = new LinkedHashMap<>();
  private final Map<String, String> sources = new LinkedHashMap<>();
  private final List<String> extensions = new ArrayList<>();

  private PluginJar() {}

  /** Returns a plugin with this id and version 1.0.0; its classes are in package {@code sample}. */
  public static PluginJar of(String id) {
    PluginJar jar = new PluginJar();
    jar.manifest.put("Plugin-Id", id);
    jar.manifest.put("Plugin-Version", "1.0.0");
    jar.manifest.put("Plugin-Requires", ">=1.0.0 & <2.0.0");
    return jar;
  }

  public PluginJar manifest(String name, String value) {
    manifest.put(name, value);
    return this;
  }

  /** Adds the plugin class {@code Sample} with this body. */
  public PluginJar plugin(String body) {
    manifest.put("Plugin-Class", "sample.Sample");
    return source("Sample", "final class Sample extends MasterPlugin {" + body + "}");
  }

  /** Adds an extension class with this body, implementing these interfaces. */
  public PluginJar extension(String name, String interfaces, String body) {
    extensions.add("sample." + name);
    return source(name, "final class " + name + " implements " + interfaces + " {" + body + "}");
  }

  private PluginJar source(String name, String declaration) {
    sources.put(
        name,
        """
        package sample;
        import java.time.*;
        import java.util.*;
        import org.expmaster.plugin.*;
        import org.expmaster.plugin.http.*;
        import org.expmaster.plugin.model.*;
        import org.expmaster.host.testing.Heard;
        """
            + declaration);
    return this;
  }

  /** Compiles the plugin and writes its jar to this file. */
  public Path write(Path file) throws IOException {
    Path work = Files.createTempDirectory(file.getParent(), "compile");
    compile(work);
    Manifest written = new Manifest();
    written.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.forEach(written.getMainAttributes()::putValue);
    try (OutputStream out = Files.newOutputStream(file);
        JarOutputStream jar = new JarOutputStream(out, written);
        Stream<Path> classes = Files.walk(work.resolve("classes"))) {
      for (Path path : classes.filter(Files::isRegularFile).toList()) {
        String name = work.resolve("classes").relativize(path).toString().replace('\\', '/');
        add(jar, name, Files.readAllBytes(path));
      }
      add(jar, "META-INF/extensions.idx", String.join("\n", extensions).getBytes(UTF_8));
    }
    return file;
  }

  private void compile(Path work) throws IOException {
    Path classes = Files.createDirectories(work.resolve("classes"));
    List<String> arguments =
        new ArrayList<>(List.of("-proc:none", "-d", classes.toString(), "-cp"));
    arguments.add(System.getProperty("java.class.path"));
    for (var source : sources.entrySet()) {
      Path file = work.resolve(source.getKey() + ".java");
      arguments.add(Files.writeString(file, source.getValue()).toString());
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    if (!sources.isEmpty()
        && compiler.run(null, null, null, arguments.toArray(new String[0])) != 0) {
      throw new AssertionError("a sample plugin does not compile");
    }
  }

  private static void add(JarOutputStream jar, String name, byte[] content) throws IOException {
    jar.putNextEntry(new ZipEntry(name));
    jar.write(content);
    jar.closeEntry();
  }
}
