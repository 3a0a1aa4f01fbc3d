package org.expmaster.host.info;

import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Meters as plain values. */
final class MeterJson {
  private MeterJson() {}

  /** Returns the meters of one registry, sorted by name. */
  static List<Map<String, Object>> of(String owner, MeterRegistry registry) {
    List<Meter> meters = new ArrayList<>(registry.getMeters());
    meters.sort(Comparator.comparing(meter -> meter.getId().toString()));
    return meters.stream().map(meter -> of(owner, meter)).toList();
  }

  private static Map<String, Object> of(String owner, Meter meter) {
    Map<String, Object> tags = new TreeMap<>();
    for (Tag tag : meter.getId().getTags()) {
      tags.put(tag.getKey(), tag.getValue());
    }
    Map<String, Object> values = new LinkedHashMap<>();
    for (Measurement measurement : meter.measure()) {
      values.put(measurement.getStatistic().getTagValueRepresentation(), measurement.getValue());
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("owner", owner);
    json.put("name", meter.getId().getName());
    json.put("tags", tags);
    json.put("values", values);
    return json;
  }
}
