package org.expmaster.host.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** What the operator wrote, fit to be shown: every secret in it is masked. */
public final class Mask {
  private static final String MASK = "********";
  private static final List<String> SECRET = List.of("password", "secret", "token", "key");

  /** {@code //user:password@host} and {@code ?password=…}, as JDBC URLs may hold them. */
  private static final Pattern USER_INFO = Pattern.compile("//([^/@:?]*):([^/?]*)@");

  private static final Pattern PARAMETER =
      Pattern.compile("(?i)([?&;][^=&;]*(?:password|secret|token|key)[^=&;]*=)[^&;]*");

  private Mask() {}

  /** A copy of the tree with masked secrets. A secret that is a mapping is masked as a whole. */
  public static Map<String, Object> tree(Map<String, Object> tree) {
    Map<String, Object> masked = new LinkedHashMap<>();
    tree.forEach((name, value) -> masked.put(name, isSecret(name) ? MASK : value(value)));
    return masked;
  }

  /** A URL without the passwords in it. */
  public static String url(String url) {
    String masked = USER_INFO.matcher(url).replaceAll("//$1:" + MASK + "@");
    return PARAMETER.matcher(masked).replaceAll("$1" + MASK);
  }

  private static Object value(Object value) {
    if (value instanceof Map<?, ?> map) {
      return tree(new PlainCopy().mapping(map));
    }
    if (value instanceof List<?> list) {
      return list.stream().map(Mask::value).toList();
    }
    return value instanceof String text && text.contains(":") ? url(text) : value;
  }

  private static boolean isSecret(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return SECRET.stream().anyMatch(lower::contains);
  }
}
