package org.expmaster.host.config;

import java.util.LinkedHashMap;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Reads YAML 1.2 into plain nested maps, from trusted and untrusted sources alike. */
public final class Yaml {
  private Yaml() {}

  /**
   * Returns the mapping that a text contains; an empty one for an empty text.
   *
   * @throws ConfigException naming the problem and, if known, the line
   */
  public static Map<String, Object> mapping(String text) {
    Object root = load(text);
    if (root == null) {
      return new LinkedHashMap<>();
    }
    if (!(root instanceof Map<?, ?> map)) {
      throw new ConfigException("line 1: must be a mapping of names to values");
    }
    return new PlainCopy().mapping(map);
  }

  private static Object load(String text) {
    LoadSettings settings =
        LoadSettings.builder().setSchema(new CoreSchema()).setMaxAliasesForCollections(50).build();
    try {
      checkDepth(new Parse(settings).parseString(text));
      return new Load(settings).loadFromString(text);
    } catch (MarkedYamlEngineException e) {
      // not the whole message: it quotes nearby lines, which may contain a secret
      String where =
          e.getProblemMark().map(mark -> "line " + (mark.getLine() + 1) + ": ").orElse("");
      throw new ConfigException(where + e.getProblem());
    } catch (YamlEngineException e) {
      throw new ConfigException(e.getMessage());
    }
  }

  /** Runs before loading, which recurses: deeply nested text would overflow the stack. */
  private static void checkDepth(Iterable<Event> events) {
    int depth = 0;
    for (Event event : events) {
      if (event instanceof CollectionStartEvent && ++depth > PlainCopy.MAX_DEPTH) {
        throw PlainCopy.tooDeep();
      }
      if (event instanceof CollectionEndEvent) {
        depth--;
      }
    }
  }
}
