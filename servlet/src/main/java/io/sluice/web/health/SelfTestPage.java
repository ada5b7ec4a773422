package io.sluice.web.health;

/** The findings of a self-test as a page. Stateless. */
final class SelfTestPage {
  private static final String HEAD =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <title>Sluice: settings of the container</title>
      <style>
      body { font-family: sans-serif; margin: 2em }
      td, th { padding: .3em .8em; text-align: left; vertical-align: top }
      .wrong { background: #fdd }
      </style>
      </head>
      <body>
      """;

  private SelfTestPage() {}

  static String of(SelfTest.Report report) {
    StringBuilder page = new StringBuilder(HEAD);
    page.append("<h1>Settings of the container</h1>\n<p>")
        .append(escaped(report.address().server()))
        .append(
            report.wrong().isEmpty()
                ? " lets everything through."
                : " gets in the way of some requests.")
        .append("</p>\n<table>\n<tr><th></th><th>needed for</th><th>what to change</th></tr>\n");
    for (SelfTest.Finding finding : report.findings()) {
      String fault = finding.fault();
      page.append(fault == null ? "<tr><td>ok" : "<tr class=\"wrong\"><td>wrong")
          .append("</td><td>")
          .append(escaped(finding.setting().matter()))
          .append("</td><td>");
      if (fault != null) {
        String change = finding.setting().change(report.address().isTomcat());
        page.append("<code>").append(escaped(change)).append("</code> (");
        page.append(escaped(fault)).append(")");
      }
      page.append("</td></tr>\n");
    }
    return page.append("</table>\n</body>\n</html>\n").toString();
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
