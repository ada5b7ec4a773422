package io.sluice.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The arrows and the fences: what may import what. */
class ArchitectureTest {
  private static final JavaClasses SLUICE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.sluice");

  /** Each package with all that it may import of ours; a subpackage has an entry of its own. */
  private static final Map<String, List<String>> ARROWS =
      Map.ofEntries(
          Map.entry("error", List.of()),
          Map.entry("uri", List.of("error")),
          Map.entry("model", List.of("error", "model.encryption")),
          Map.entry("model.encryption", List.of()),
          Map.entry("storage.encryption", List.of("error", "model", "model.encryption")),
          Map.entry("checksum", List.of("error", "model")),
          Map.entry("config", List.of()),
          Map.entry("storage.maintenance", List.of("error", "model")),
          Map.entry("storage.option", List.of("error", "model")),
          Map.entry("storage.forward", List.of("error", "model")),
          Map.entry("storage.remote.circuit", List.of("storage.maintenance")),
          Map.entry(
              "storage.remote.forward",
              List.of("error", "model", "uri", "storage.forward", "storage.remote.circuit")),
          Map.entry(
              "operation.forward",
              List.of(
                  "error",
                  "model",
                  "uri",
                  "auth",
                  "protocol",
                  "xml",
                  "storage",
                  "storage.forward",
                  "operation")),
          Map.entry(
              "storage",
              List.of(
                  "model.encryption",
                  "storage.encryption",
                  "error",
                  "model",
                  "checksum",
                  "storage.forward",
                  "storage.maintenance",
                  "storage.option")),
          Map.entry(
              "storage.local.index",
              List.of(
                  "model.encryption", "storage.encryption", "error", "model", "storage.option")),
          Map.entry(
              "storage.local.blob",
              List.of(
                  "model.encryption",
                  "storage.encryption",
                  "error",
                  "model",
                  "storage",
                  "storage.local.index")),
          Map.entry(
              "storage.local.care",
              List.of(
                  "error",
                  "model",
                  "storage",
                  "storage.maintenance",
                  "storage.option",
                  "storage.local.index",
                  "storage.local.blob")),
          Map.entry(
              "storage.local.usage", List.of("error", "model", "storage", "storage.local.index")),
          Map.entry(
              "storage.local",
              List.of(
                  "model.encryption",
                  "storage.encryption",
                  "error",
                  "model",
                  "checksum",
                  "storage",
                  "storage.option",
                  "storage.maintenance",
                  "config",
                  "storage.local.index",
                  "storage.local.blob",
                  "storage.local.care",
                  "storage.local.usage")),
          Map.entry("storage.compose", List.of("error", "model", "checksum", "storage")),
          Map.entry(
              "storage.attached",
              List.of(
                  "file",
                  "storage.forward",
                  "error",
                  "model",
                  "checksum",
                  "storage",
                  "storage.option",
                  "storage.encryption",
                  "storage.maintenance",
                  "storage.compose",
                  "config")),
          Map.entry(
              "storage.cache",
              List.of(
                  "storage.forward",
                  "error",
                  "model",
                  "checksum",
                  "storage",
                  "storage.option",
                  "storage.encryption",
                  "storage.maintenance",
                  "storage.compose",
                  "config")),
          Map.entry(
              "storage.remote",
              List.of(
                  "storage.forward",
                  "storage.remote.circuit",
                  "storage.remote.forward",
                  "storage.maintenance",
                  "error",
                  "model",
                  "checksum",
                  "storage",
                  "config",
                  "protocol",
                  "xml")),
          Map.entry("file", List.of()),
          Map.entry("cluster", List.of("error", "file")),
          Map.entry("logging", List.of("error")),
          Map.entry("tracing", List.of()),
          Map.entry(
              "admin",
              List.of(
                  "cluster",
                  "config",
                  "logging",
                  "iam",
                  "iam.policy",
                  "iam.directory",
                  "error",
                  "model",
                  "uri",
                  "auth",
                  "auth.member",
                  "protocol",
                  "operation",
                  "storage",
                  "storage.option",
                  "storage.maintenance")),
          Map.entry("metrics", List.of("storage.maintenance")),
          Map.entry("web.proxy", List.of("config", "error", "iam.policy")),
          Map.entry("xml", List.of("error", "model", "uri")),
          Map.entry("auth.member", List.of("model")),
          Map.entry("auth", List.of("error", "model", "checksum", "uri", "auth.member")),
          Map.entry("auth.form", List.of("error")),
          Map.entry("protocol.form", List.of("error", "uri")),
          Map.entry("iam.policy", List.of("error", "model", "uri")),
          Map.entry(
              "iam",
              List.of(
                  "error",
                  "model",
                  "uri",
                  "auth",
                  "protocol",
                  "xml",
                  "storage",
                  "operation",
                  "iam.policy")),
          Map.entry(
              "iam.directory",
              List.of("file", "error", "model", "uri", "auth", "auth.member", "iam", "iam.policy")),
          Map.entry(
              "sts",
              List.of(
                  "error",
                  "model",
                  "uri",
                  "auth",
                  "auth.member",
                  "iam",
                  "protocol",
                  "iam.policy",
                  "iam.directory")),
          Map.entry(
              "operation.policy",
              List.of(
                  "error",
                  "model",
                  "uri",
                  "auth",
                  "protocol",
                  "xml",
                  "storage",
                  "operation",
                  "iam",
                  "iam.policy")),
          Map.entry(
              "protocol", List.of("error", "model", "uri", "auth", "storage", "storage.forward")),
          Map.entry("encryption.vault", List.of("encryption", "error", "storage.encryption")),
          Map.entry(
              "encryption",
              List.of(
                  "error",
                  "model",
                  "model.encryption",
                  "storage",
                  "storage.encryption",
                  "protocol",
                  "xml")),
          Map.entry(
              "operation",
              List.of(
                  "model.encryption",
                  "storage.encryption",
                  "encryption",
                  "error",
                  "model",
                  "checksum",
                  "uri",
                  "auth",
                  "protocol",
                  "xml",
                  "storage",
                  "storage.option")),
          Map.entry(
              "lifecycle",
              List.of(
                  "error",
                  "model",
                  "uri",
                  "protocol",
                  "xml",
                  "storage",
                  "storage.option",
                  "operation")),
          Map.entry(
              "iam.acl",
              List.of("error", "model", "auth", "protocol", "xml", "storage", "operation", "iam")));

  private static final List<String> OPERATIONS =
      List.of(
          "operation.service",
          "operation.bucket",
          "operation.object",
          "operation.multipart",
          "operation.acl",
          "operation.setting",
          "operation.lifecycle",
          "operation.encryption",
          "operation.annotation");

  @Test
  void theArrowsHold() {
    ARROWS.forEach(ArchitectureTest::mayImportOnly);
    List<String> forOperations = new ArrayList<>(ARROWS.getOrDefault("operation", List.of()));
    forOperations.add("operation");
    forOperations.add("iam.acl");
    forOperations.add("lifecycle");
    OPERATIONS.forEach(name -> mayImportOnly(name, forOperations));
    List<String> forForms = new ArrayList<>(forOperations);
    forForms.addAll(List.of("auth.form", "protocol.form"));
    mayImportOnly("operation.form", forForms);
  }

  private static void mayImportOnly(String name, List<String> allowed) {
    List<String> packages = new ArrayList<>(allowed.stream().map(a -> "io.sluice." + a).toList());
    packages.add("io.sluice." + name);
    List<String> forbidden =
        SLUICE.stream()
            .map(JavaClass::getPackageName)
            .distinct()
            .filter(other -> !packages.contains(other))
            .toList();
    noClasses()
        .that()
        .resideInAPackage("io.sluice." + name)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(forbidden.toArray(String[]::new))
        .allowEmptyShould(true)
        .check(SLUICE);
  }

  @Test
  void theWebImportsNoBackEnd() {
    noClasses()
        .that()
        .resideInAPackage("io.sluice.web")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.sluice.storage.local..",
            "io.sluice.storage.remote..",
            "io.sluice.storage.attached..",
            "io.sluice.storage.cache..")
        .check(SLUICE);
  }

  @Test
  void librariesStayBehindTheirFences() {
    fence("jakarta.servlet..", "io.sluice.web..", "io.sluice.admin", "io.sluice.metrics");
    fence("org.rocksdb..", "io.sluice.storage.local.index");
    fence("tools.jackson.databind..", "io.sluice.xml", "io.sluice.admin");
    fence(
        "tools.jackson.core..",
        "io.sluice.xml",
        "io.sluice.auth.form",
        "io.sluice.admin",
        "io.sluice.web.health",
        "io.sluice.encryption.vault",
        "io.sluice.iam.policy");
    fence("com.github.benmanes.caffeine..", "io.sluice.auth", "io.sluice.storage.local");
    fence("software.amazon.awssdk..", "io.sluice.storage.remote..");
    fence("org.eclipse.jetty..", "io.sluice.runner");
    fence("io.micrometer..", "io.sluice.metrics");
    fence("picocli..", "io.sluice.runner");
    fence("ch.qos.logback..", "io.sluice.logging");
    fence("io.opentelemetry..", "io.sluice.tracing");
  }

  private static void fence(String library, String... packages) {
    noClasses()
        .that()
        .resideOutsideOfPackages(packages)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .check(SLUICE);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("io.sluice.(**)").should().beFreeOfCycles().check(SLUICE);
  }

  @Test
  void nobodyReadsTheDecodedPathOrTheFormParameters() {
    noClasses()
        .should()
        .callMethodWhere(
            com.tngtech.archunit.core.domain.JavaCall.Predicates.target(
                com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching(
                    "getPathInfo|getPathTranslated|getServletPath|getParameter.*|sendError")))
        .check(
            SLUICE.that(
                com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage(
                    "io.sluice.web", "io.sluice.admin", "io.sluice.metrics")));
  }

  @Test
  void nobodyPrints() {
    noClasses()
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .callMethod(Throwable.class, "printStackTrace")
        .check(SLUICE);
  }

  @Test
  void configNeedsTheJdkAlone() {
    classes()
        .that()
        .resideInAPackage("io.sluice.config")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", "io.sluice.config", "org.jspecify..")
        .check(SLUICE);
  }

  @Test
  void everyPackageIsNullMarked() {
    List<String> unmarked =
        SLUICE.stream()
            .map(JavaClass::getPackage)
            .distinct()
            .filter(p -> !p.isAnnotatedWith(NullMarked.class))
            .map(JavaPackage::getName)
            .toList();
    assertThat(unmarked).isEmpty();
  }
}
