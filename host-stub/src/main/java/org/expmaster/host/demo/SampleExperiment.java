package org.expmaster.host.demo;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An experiment of the demonstration, with a realistic name. */
record SampleExperiment(
    String name, String workspace, String project, String entrypoint, String pool, int slots) {
  static final String WORKSPACE = "Autonomous Vehicles";
  static final String PROJECT = "Light detection";
  private static final String NONE = "Uncategorized";

  private static final List<SampleExperiment> SAMPLES =
      List.of(
          plain("mnist_pytorch_const", "exit 0"),
          plain("resnet50 lr sweep", "sleep 0.2 && exit 1"),
          there("cifar10_pytorch_const profiler", "sleep 0.4 && exit 0", 24),
          plain("bert <fine-tune> & \"distil\"", "sleep 0.3 && exit 137"),
          plain("数字認識 éval 🚀", "sleep 0.1 && exit 0"),
          there("lidar segmentation", "sleep 0.5 && exit 2", 8),
          plain("warm start from checkpoint 7", "sleep 0.6 && exit 0"),
          plain("ablation: no dropout", "exit 1"));

  private static SampleExperiment plain(String name, String entrypoint) {
    return new SampleExperiment(name, NONE, NONE, entrypoint, "default", 1);
  }

  private static SampleExperiment there(String name, String entrypoint, int slots) {
    return new SampleExperiment(name, WORKSPACE, PROJECT, entrypoint, "A100 Production", slots);
  }

  /** Returns sample {@code i}. The samples repeat, numbered from the second round on. */
  static SampleExperiment number(int i) {
    SampleExperiment sample = SAMPLES.get(i % SAMPLES.size());
    int round = i / SAMPLES.size();
    return round == 0 ? sample : sample.named(sample.name + " #" + (round + 1));
  }

  private SampleExperiment named(String other) {
    return new SampleExperiment(other, workspace, project, entrypoint, pool, slots);
  }

  String endsAs() {
    return entrypoint.endsWith("exit 0") ? "COMPLETED" : "ERROR";
  }

  Map<String, Object> config() {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("name", name);
    config.put("workspace", workspace);
    config.put("project", project);
    config.put("entrypoint", entrypoint);
    config.put("resources", Map.of("slots_per_trial", slots, "resource_pool", pool));
    return config;
  }
}
