package org.expmaster.webhook;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Checks the dependencies between packages that CONTRIBUTING.md lists. */
class ArchitectureTest {
  /** What each package may use besides the JDK, SLF4J and itself. The root may use everything. */
  private static final String ARROWS =
      """
      event      : plugin.model
      db         : telling, Jdbi, Flyway
      expression : RE2/J
      audit      : db, telling, Jdbi
      registry   : db, signing, plugin.model, Jdbi
      match      : event, registry, expression, telling, plugin.model
      payload    : advice, event, registry, plugin.model, Jackson, Mustache
      outbox     : db, telling, Jdbi
      publish    : event, registry, match, payload, outbox, db, telling, plugin, plugin.model, Jdbi
      health     : db, Jdbi
      egress     : telling
      signing    : db, Jdbi
      http       : advice, egress, signing, telling, HttpClient
      delivery   : db, outbox, health, http, telling
      telling    : Micrometer
      watch      : health, outbox, telling
      page       : rest, plugin.http
      rest       : advice, audit, event, registry, expression, payload, outbox, health, signing, egress, \
                   http, telling, plugin, plugin.http, plugin.model, Jackson
      """;

  private static final Map<String, String> LIBRARIES =
      Map.of(
          "tools.jackson", "Jackson",
          "com.google.re2j", "RE2/J",
          "com.samskivert.mustache", "Mustache",
          "io.micrometer", "Micrometer",
          "org.apache.hc", "HttpClient",
          "org.flywaydb", "Flyway",
          "org.jdbi", "Jdbi",
          "org.pf4j", "PF4J");

  private static final String OURS = "org.expmaster.webhook";
  private static final String MASTERS = "org.expmaster.";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(OURS);

  @Test
  void everyRoomKnowsExactlyWhatItsLineNames() {
    Map<String, String> found = new TreeMap<>();
    for (JavaClass type : CLASSES) {
      type.getDirectDependenciesFromSelf().stream()
          .map(dependency -> dependency.getTargetClass().getBaseComponentType())
          .filter(other -> !name(other).isEmpty() && !name(other).equals(name(type)))
          .filter(other -> !name(type).equals("root"))
          .forEach(
              other ->
                  found.put(
                      name(type) + " → " + name(other), type.getName() + " → " + other.getName()));
    }
    assertEquals(arrows(), found.keySet(), () -> beyond(arrows(), found));
  }

  @Test
  void noTwoRoomsKnowEachOtherNotEvenByWayOfOthers() {
    slices().matching(OURS + ".(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void onlyWhatStoresKnowsJdbi() {
    noClasses()
        .that(
            not(resideInAPackage(OURS + ".outbox"))
                .and(not(resideInAPackage(OURS + ".db")))
                .and(not(simpleNameEndingWith("Store"))))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.jdbi..")
        .check(CLASSES);
  }

  @Test
  void theTimeOfDayIsTheMastersAndNobodyReadsAnother() {
    noClasses()
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(Clock.class, "systemUTC")
        .orShould()
        .callMethod(Clock.class, "systemDefaultZone")
        .check(CLASSES);
  }

  private static Set<String> arrows() {
    return ARROWS
        .lines()
        .map(line -> line.split(":"))
        .flatMap(
            line ->
                Arrays.stream(line[1].split(",")).map(to -> line[0].strip() + " → " + to.strip()))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String beyond(Set<String> arrows, Map<String, String> found) {
    return found.entrySet().stream()
        .filter(arrow -> !arrows.contains(arrow.getKey()))
        .map(Map.Entry::getValue)
        .collect(Collectors.joining("; ", "not in the table: [", "]"));
  }

  /** Returns a class's package or library as the table names it; empty if all may use it. */
  private static String name(JavaClass type) {
    String home = type.getPackageName();
    if (home.equals(OURS)) {
      return "root";
    }
    if (home.startsWith(OURS + ".")) {
      return home.substring(OURS.length() + 1).split("\\.")[0];
    }
    if (home.startsWith(MASTERS)) {
      return home.substring(MASTERS.length());
    }
    if (type.isPrimitive() || home.startsWith("java") || home.startsWith("org.slf4j")) {
      return "";
    }
    return LIBRARIES.entrySet().stream()
        .filter(library -> home.startsWith(library.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(home);
  }
}
