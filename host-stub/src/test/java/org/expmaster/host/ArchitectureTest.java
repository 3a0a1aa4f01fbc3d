package org.expmaster.host;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Checks the dependencies of the stub's packages against those listed in CONTRIBUTING.md. */
final class ArchitectureTest {
  /** The packages each package may depend on. The root may depend on all. */
  private static final String ARROWS =
      """
      config     :
      db         : config
      http       : config
      auth       : db, http
      workspace  : db, http
      listener   : db
      trace      :
      experiment : config, db, http, listener, trace, workspace
      task       : db, http, listener, workspace
      plugin     : config, listener
      lifecycle  : http, plugin
      info       : config, http, plugin
      receiver   :
      demo       : receiver
      """;

  private static final String OURS = "org.expmaster.host";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(OURS);

  @Test
  void everyRoomKnowsExactlyWhatItsLineNames() {
    Set<String> found =
        CLASSES.stream()
            .filter(type -> !room(type).isEmpty())
            .flatMap(
                type ->
                    type.getDirectDependenciesFromSelf().stream()
                        .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                        .filter(other -> other.getPackageName().startsWith(OURS))
                        .filter(other -> !room(other).equals(room(type)))
                        .map(other -> room(type) + " → " + room(other)))
            .collect(toCollection(TreeSet::new));
    assertEquals(arrows(), found);
  }

  @Test
  void noTwoRoomsKnowEachOtherNotEvenByWayOfOthers() {
    slices().matching(OURS + ".(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  private static Set<String> arrows() {
    return ARROWS
        .lines()
        .map(line -> line.split(":", -1))
        .flatMap(line -> targets(line[1]).map(to -> line[0].strip() + " → " + to))
        .collect(toCollection(TreeSet::new));
  }

  private static Stream<String> targets(String list) {
    return Arrays.stream(list.split(",")).map(String::strip).filter(name -> !name.isEmpty());
  }

  /** Returns the top-level package of a type; empty for the root. */
  private static String room(JavaClass type) {
    String home = type.getPackageName();
    return home.equals(OURS) ? "" : home.substring(OURS.length() + 1).split("\\.")[0];
  }
}
