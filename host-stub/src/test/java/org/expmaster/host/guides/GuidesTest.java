package org.expmaster.host.guides;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What holds of all guides. */
final class GuidesTest {
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)(?:#[^)]*)?\\)");

  @Test
  void everyFileOfCodeThatTheTestsRunIsShownInAGuide() throws Exception {
    String guides =
        Docs.files(Docs.GUIDES).stream()
            .map(guide -> Docs.guide(guide.getFileName().toString()))
            .collect(Collectors.joining());
    for (Path file : Docs.files(Docs.RECEIVERS)) {
      String block = "\n" + Files.readString(file) + "```\n";
      assertTrue(guides.contains(block), file.getFileName() + " is not shown as it is");
    }
  }

  @Test
  void theGuideNamesTheSameRetriesAsTheSettings() throws Exception {
    String settings = Files.readString(Docs.GUIDES.resolve("../../README.md"));
    Matcher schedule =
        Pattern.compile("`webhooks.retry_schedule` \\| `\\[([^]]+)]`").matcher(settings);
    assertTrue(schedule.find(), "the README has no row for webhooks.retry_schedule");
    assertTrue(Docs.guide("receiving.md").contains(schedule.group(1)), schedule.group(1));
  }

  @Test
  void everyLinkToAFileLeadsToOne() throws Exception {
    List<String> broken = new ArrayList<>();
    List<Path> documents = new ArrayList<>(Docs.files(Docs.GUIDES));
    documents.add(Docs.GUIDES.resolve("../../README.md"));
    for (Path document : documents) {
      LINK.matcher(Files.readString(document))
          .results()
          .map(link -> link.group(1))
          .filter(target -> !target.contains(":"))
          .filter(target -> !Files.exists(document.resolveSibling(target)))
          .forEach(target -> broken.add(document.getFileName() + ": " + target));
    }
    assertEquals(List.of(), broken);
  }
}
