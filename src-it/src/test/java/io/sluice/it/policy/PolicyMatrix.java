package io.sluice.it.policy;

import io.sluice.it.harness.Account;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The table of {@link PolicyMatrixIT}: its policies, its operations and its rows. Immutable. */
final class PolicyMatrix {
  /** Who asks, in the order of a row's statuses. */
  static final List<String> WHO = List.of("the administrator", "the owner", "another", "nobody");

  /** Their accounts; null for nobody. */
  static final List<Account> ACCOUNTS =
      Arrays.asList(Account.TESTER, Account.OTHER, Account.THIRD, null);

  private static final String OBJECTS = "'Resource':'arn:aws:s3:::{b}/*'";
  private static final String BUCKET = "'Resource':'arn:aws:s3:::{b}'";
  private static final String BOTH = "'Resource':['arn:aws:s3:::{b}','arn:aws:s3:::{b}/*']";
  private static final String ALL = "'Principal':'*'";
  private static final String THIRD = "'Principal':{'AWS':'arn:aws:iam::{third}:root'}";

  private static String allow(String... fields) {
    return "{'Effect':'Allow'," + String.join(",", fields) + "}";
  }

  private static String deny(String... fields) {
    return "{'Effect':'Deny'," + String.join(",", fields) + "}";
  }

  private static String action(String names) {
    return "'Action':['s3:" + names.replace(" ", "','s3:") + "']";
  }

  private static String when(String condition) {
    return "'Condition':{" + condition + "}";
  }

  /** Everybody may get objects under a condition. */
  private static String getWhen(String condition) {
    return allow(ALL, action("GetObject"), OBJECTS, when(condition));
  }

  private static final String GET_ALL = allow(ALL, action("GetObject"), OBJECTS);

  private static final Map<String, String> POLICIES =
      Map.ofEntries(
          Map.entry("get-all", GET_ALL),
          Map.entry("get-third", allow(THIRD, action("GetObject"), OBJECTS)),
          Map.entry(
              "get-third-by-number",
              allow("'Principal':{'AWS':['{third}']}", action("GetObject"), OBJECTS)),
          Map.entry(
              "get-canonical",
              allow("'Principal':{'CanonicalUser':'{third-id}'}", action("GetObject"), OBJECTS)),
          Map.entry("get-owner", allow("'Principal':{'AWS':'{owner}'}", action("Get*"), OBJECTS)),
          Map.entry("put-all", allow(ALL, action("PutObject"), OBJECTS)),
          Map.entry("list-all", allow(ALL, action("ListBucket"), BUCKET)),
          Map.entry("get-all-list-third", GET_ALL + "," + allow(THIRD, action("List*"), BOTH)),
          Map.entry("all-third", allow(THIRD, action("*"), BOTH)),
          Map.entry("deny-get", deny(ALL, action("GetObject"), OBJECTS)),
          Map.entry("deny-all", deny(ALL, action("*"), BOTH)),
          Map.entry("get-all-deny-third", GET_ALL + "," + deny(THIRD, action("Get*"), OBJECTS)),
          Map.entry(
              "deny-but-owner",
              GET_ALL
                  + ","
                  + deny("'NotPrincipal':{'AWS':['{owner}']}", action("GetObject"), OBJECTS)),
          Map.entry("not-action", allow(THIRD, "'NotAction':'s3:DeleteObject'", BOTH)),
          Map.entry(
              "not-resource",
              allow(ALL, action("GetObject"), "'NotResource':'arn:aws:s3:::{b}/key'")),
          Map.entry(
              "home",
              allow(
                  ALL,
                  action("GetObject"),
                  "'Resource':'arn:aws:s3:::{b}/${aws:PrincipalAccount}/*'")),
          Map.entry("ip-here", getWhen("'IpAddress':{'aws:SourceIp':['127.0.0.0/8','::1/128']}")),
          Map.entry("ip-there", getWhen("'IpAddress':{'aws:SourceIp':'10.0.0.0/8'}")),
          Map.entry("ip-not-there", getWhen("'NotIpAddress':{'aws:SourceIp':'10.0.0.0/8'}")),
          Map.entry(
              "tls-only",
              GET_ALL
                  + ","
                  + deny(ALL, action("*"), BOTH, when("'Bool':{'aws:SecureTransport':'false'}"))),
          Map.entry("referer", getWhen("'StringLike':{'aws:Referer':'http://www.example.com/*'}")),
          Map.entry("no-referer", getWhen("'Null':{'aws:Referer':'true'}")),
          Map.entry("late", getWhen("'DateGreaterThan':{'aws:CurrentTime':'2020-01-01'}")),
          Map.entry("early", getWhen("'DateLessThan':{'aws:CurrentTime':'2020-01-01T00:00:00Z'}")),
          Map.entry("signed", getWhen("'StringEquals':{'s3:authType':'REST-HEADER'}")),
          Map.entry(
              "v4", getWhen("'StringEquals':{'s3:signatureversion':['AWS4-HMAC-SHA256','x']}")),
          Map.entry("arn", getWhen("'ArnLike':{'aws:PrincipalArn':'arn:aws:iam::{third}:*'}")),
          Map.entry("same-account", getWhen("'StringEquals':{'aws:PrincipalAccount':'{owner}'}")),
          Map.entry("tagged", getWhen("'StringEquals':{'s3:ExistingObjectTag/class':'open'}")),
          Map.entry(
              "prefix",
              allow(
                  ALL, action("ListBucket"), BUCKET, when("'StringLike':{'s3:prefix':'open/*'}"))),
          Map.entry(
              "max-keys",
              allow(
                  ALL,
                  action("ListBucket"),
                  BUCKET,
                  when("'NumericLessThanEquals':{'s3:max-keys':'10'}"))),
          Map.entry(
              "put-full-control",
              allow(
                  THIRD,
                  action("PutObject PutObjectAcl"),
                  OBJECTS,
                  when("'StringEquals':{'s3:x-amz-acl':'bucket-owner-full-control'}"))),
          Map.entry(
              "put-once",
              allow(THIRD, action("PutObject"), OBJECTS)
                  + ","
                  + deny(
                      ALL,
                      action("PutObject"),
                      OBJECTS,
                      when("'Null':{'s3:if-none-match':'true'}"))),
          Map.entry(
              "put-tagged",
              allow(
                  THIRD,
                  action("PutObject PutObjectTagging"),
                  OBJECTS,
                  when(
                      "'StringEquals':{'s3:RequestObjectTag/team':'a'},"
                          + "'ForAllValues:StringEquals':{'s3:RequestObjectTagKeys':['team']}"))));

  private static final Map<String, String> OPERATIONS =
      Map.ofEntries(
          Map.entry("get", "GET /{b}/key"),
          Map.entry("head", "HEAD /{b}/key"),
          Map.entry("get-other", "GET /{b}/other"),
          Map.entry("get-home", "GET /{b}/{third}/home"),
          Map.entry("get-none", "GET /{b}/none"),
          Map.entry("head-none", "HEAD /{b}/none"),
          Map.entry("get-referred", "GET /{b}/key referer:http://www.example.com/a"),
          Map.entry("put", "PUT /{b}/new"),
          Map.entry("put-acl", "PUT /{b}/new x-amz-acl:bucket-owner-full-control"),
          Map.entry("put-if-none", "PUT /{b}/key if-none-match:*"),
          Map.entry("put-team", "PUT /{b}/new x-amz-tagging:team=a"),
          Map.entry("put-teams", "PUT /{b}/new x-amz-tagging:team=a&x=y"),
          Map.entry("delete", "DELETE /{b}/gone"),
          Map.entry("list", "GET /{b}?list-type=2"),
          Map.entry("list-open", "GET /{b}?list-type=2&prefix=open%2F"),
          Map.entry("list-few", "GET /{b}?list-type=2&max-keys=10"),
          Map.entry("versions", "GET /{b}?versions"),
          Map.entry("get-acl", "GET /{b}?acl"),
          Map.entry("get-policy", "GET /{b}?policy"),
          Map.entry("policy-status", "GET /{b}?policyStatus"),
          Map.entry("get-block", "GET /{b}?publicAccessBlock"),
          Map.entry("tags", "GET /{b}/key?tagging"),
          Map.entry("location", "GET /{b}?location"));

  private static final String BLOCK =
      "<PublicAccessBlockConfiguration><BlockPublicAcls>%s</BlockPublicAcls>"
          + "<IgnorePublicAcls>%s</IgnorePublicAcls><BlockPublicPolicy>%s</BlockPublicPolicy>"
          + "<RestrictPublicBuckets>%s</RestrictPublicBuckets></PublicAccessBlockConfiguration>";

  private PolicyMatrix() {}

  static List<String> rows() {
    return Stream.of(PolicyMatrixRows.POLICIES, PolicyMatrixRows.CONDITIONS, PolicyMatrixRows.ACLS)
        .flatMap(String::lines)
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .collect(Collectors.toList());
  }

  static String policy(String name) {
    String statements = POLICIES.get(name);
    return ("{'Version':'2012-10-17','Statement':[" + statements + "]}").replace('\'', '"');
  }

  static String operation(String name) {
    return OPERATIONS.get(name);
  }

  static String block(String name) {
    boolean all = name.equals("all");
    return BLOCK.formatted(
        all || name.equals("block-acls"),
        all || name.equals("ignore"),
        all || name.equals("block-policy"),
        all || name.equals("restrict"));
  }

  static String canonicalId(String listing) {
    return listing.substring(listing.indexOf("<ID>") + 4, listing.indexOf("</ID>"));
  }

  static String accountId(String canonicalId) {
    return String.format("%012d", new BigInteger(canonicalId, 16).mod(BigInteger.TEN.pow(12)));
  }
}
