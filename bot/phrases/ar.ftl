# كل جملة يراها الناس بالعربية. Every sentence that people see, in Arabic. Commands are terms, so that they are isolated.

-ask = /ask
-new = /new
-documents = /documents
-why = /why
-help = /help
-privacy = /privacy
-forget = /forget
-staged = /staged
-jobs = /jobs
-canary = /canary

## Answers

answer-heading = الجواب من التقارير:
side-by-side-heading = تجيب عن السؤال تقارير مختلفة:
further-heading = مقاطع أخرى:
related-heading = لم أجد جوابًا أكيدًا. هذه أقرب المقاطع إلى سؤالك، وقد لا تجيب عنه:
not-found = لا تذكر التقارير جوابًا عن هذا السؤال.
covered-places = تتناول التقارير: { $places }
covered-years = السنوات التي تذكرها: { $years }
and-others = وغيرها
examples-heading = جرّب مثلًا:
empty-question = اكتب سؤالك بالعربية، مثل: كم بلغت نسبة المنازل المتصلة بالإنترنت؟
courtesy-peace = وعليكم السلام ورحمة الله وبركاته! اسألني عمّا في التقارير.
courtesy-greeting = أهلًا وسهلًا! اسألني عمّا في التقارير.
courtesy-thanks = على الرحب والسعة! هل من سؤال آخر؟
courtesy-goodbye = مع السلامة!
courtesy-request = تفضّل، اكتب سؤالك.
understood = فهمتُ: { $question }
cut-question = السؤال طويل جدًا، فقرأتُ بدايته فقط.
withdrawn = سُحب هذا التقرير أو حلّت محلّه نسخة أخرى، فلا أعرض نصّه. أرسل سؤالك من جديد لأبحث في التقارير الحالية.
source = المصدر:
page = صفحة { $number }
comma = ،
page-of = الصفحة { $number } من { $count }

## The library

documents-heading =
    { $count ->
        [zero] لا توجد تقارير بعد.
        [one] في المكتبة تقرير واحد:
        [two] في المكتبة تقريران:
        [few] في المكتبة { $count } تقارير:
        [many] في المكتبة { $count } تقريرًا:
       *[other] في المكتبة { $count } تقرير:
    }
nothing-indexed = لا توجد تقارير أبحث فيها بعد. أعد المحاولة لاحقًا من فضلك.

## Commands

greeting =
    أهلًا بك. أنا دليل: أجيب عن الأسئلة من التقارير الحكومية بنصّها، وأذكر مصدر كل جواب.

    اكتب سؤالك بالعربية، أو اختر سؤالًا من الأسئلة التالية.
greeting-alone =
    أهلًا بك. أنا دليل: أجيب عن الأسئلة من التقارير الحكومية بنصّها، وأذكر مصدر كل جواب.

    اكتب سؤالك بالعربية.
help-private =
    اكتب سؤالك بالعربية، فأجيبك بنصّ من التقارير مع مصدره. ويمكنك أن تتابع بسؤال قصير، مثل: «وماذا عن العام الماضي؟»

    لبدء حديث جديد: { -new }
    لقائمة التقارير: { -documents }
    لتعرف من أين جاء الجواب الأخير: { -why }
    لتعرف ما أحفظه ومدة حفظه: { -privacy }
    لحذف ما أحفظه عنك: { -forget }
    لعرض هذه المساعدة: { -help }
help-group =
    للسؤال في المجموعة اكتب { -ask } ثم سؤالك، أو ردّ على إحدى رسائلي لتتابع السؤال. وأتجاهل ما عدا ذلك من الرسائل.

    للإجابة عن سؤال كتبه غيرك: ردّ على رسالته بالأمر { -ask }
    لبدء حديث جديد: { -new }
    لتعرف ما أحفظه ومدة حفظه: { -privacy }
ask-what = ما سؤالك؟ اكتبه ردًّا على هذه الرسالة.
ask-placeholder = سؤالك بالعربية
new-done = بدأنا حديثًا جديدًا. ما سؤالك؟
privacy-private =
    ما أحفظه عنك ومدة حفظه:

    • نصّ أسئلتك ومواضع الأجوبة في التقارير، لتراجعها بالأمر { -why }، وذلك { $days ->
        [zero] لأقل من يوم.
        [one] ليوم واحد.
        [two] ليومين.
        [few] لمدة { $days } أيام.
        [many] لمدة { $days } يومًا.
       *[other] لمدة { $days } يوم.
    }
    • آخر أسئلتك، لأفهم ما تتابع به، وذلك { $minutes ->
        [zero] لأقل من دقيقة.
        [one] لدقيقة واحدة.
        [two] لدقيقتين.
        [few] لمدة { $minutes } دقائق.
        [many] لمدة { $minutes } دقيقة.
       *[other] لمدة { $minutes } دقيقة.
    }
    • تقييمك للأجوبة، ما دامت محفوظة.
    • مدة إعداد كل جواب. وقد يرى المشرفون نصّ سؤالك، دون اسمك.
    • سؤالك الذي لم تجد جوابه، دون اسمك، للمدة نفسها. وأعرف أنه سؤالك أسبوعين على الأكثر، لأخبرك إن صار له جواب.

    لا يظهر في أي مجموعة ما تكتبه هنا. ولحذف كل ما أحفظه عنك: { -forget }
privacy-group =
    ما أحفظه من هذه المجموعة ومدة حفظه:

    • نصّ الأسئلة الموجّهة إليّ ومواضع أجوبتها في التقارير، وذلك { $days ->
        [zero] لأقل من يوم.
        [one] ليوم واحد.
        [two] ليومين.
        [few] لمدة { $days } أيام.
        [many] لمدة { $days } يومًا.
       *[other] لمدة { $days } يوم.
    }
    • آخر أسئلة كل عضو، لأفهم ما يتابع به، وذلك { $minutes ->
        [zero] لأقل من دقيقة.
        [one] لدقيقة واحدة.
        [two] لدقيقتين.
        [few] لمدة { $minutes } دقائق.
        [many] لمدة { $minutes } دقيقة.
       *[other] لمدة { $minutes } دقيقة.
    }
    • تقييم الأعضاء للأجوبة، ما دامت محفوظة.
    • مدة إعداد كل جواب. وقد يرى المشرفون على البوت نصّ السؤال، دون اسم صاحبه.
    • الأسئلة التي لم يجد أصحابها جوابها، دون أسمائهم، للمدة نفسها.

    لا أحفظ الرسائل الأخرى. ولكل عضو أن يحذف ما أحفظه عنه بالأمر { -forget }
forget-done = حذفتُ كل ما كنت أحفظه عنك.
unknown-command = لا أعرف هذا الأمر. للمساعدة: { -help }

## Receipts

receipt-heading = رقم الجواب: { $id }
receipt-asked = السؤال كما ورد: { $question }
receipt-understood = السؤال كما فهمتُه: { $question }
receipt-outcome-answer = النتيجة: جواب من التقارير
receipt-outcome-related = النتيجة: أقرب المقاطع، وليست جوابًا أكيدًا
receipt-outcome-none = النتيجة: لا جواب في التقارير
receipt-confidence = درجة الثقة: { $percent }
receipt-generation = نسخة المكتبة: { $number }
receipt-embedder = نموذج البحث: { $name }
receipt-excerpt = المقطع { $rank }: { $document }
receipt-span = موضعه: من الحرف { $start } إلى الحرف { $end }
receipt-score = درجته: { $score }
receipt-hash = بصمة التقرير: { $hash }
receipt-later = للرجوع إلى هذا الجواب لاحقًا: { $command }
receipt-not-found = لم أجد جوابًا بهذا الرقم. ربما انتهت مدة حفظه أو حُذف.
receipt-none-yet = لم أجب عن سؤال لك بعد. اكتب سؤالك أولًا.

## Feedback

thanks-good = شكرًا لك على تقييمك.
thanks-bad = شكرًا لك على التنبيه. إن شئت فاختر السبب.
thanks-reason = شكرًا لك، سجّلتُ ملاحظتك.
reason-wrong-report = من تقرير غير مناسب
reason-outdated = معلومة قديمة
reason-incomplete = جواب ناقص
reason-not-an-answer = ليس جوابًا عن سؤالي

## Buttons

button-more = مقاطع أخرى
button-previous = السابق
button-next = التالي
button-good = مفيد 👍
button-bad = غير مفيد 👎
button-literal = ليس هذا ما قصدت
button-in-private = المقاطع كاملة في الخاص
button-why = لماذا هذا الجواب؟
button-approve = موافقة
button-leave = مغادرة المجموعة
button-old = هذا الزر قديم ولم يعد يعمل. أرسل سؤالك من جديد من فضلك.
button-not-yours = هذا الزر لصاحب السؤال فقط.

## Groups

group-greeting =
    أهلًا بكم. أنا دليل: أجيب عن الأسئلة من التقارير الحكومية بنصّها، وأذكر مصدر كل جواب.

    للسؤال اكتبوا { -ask } ثم السؤال، أو ردّوا على إحدى رسائلي لمتابعة السؤال.
approval-request = أُضفتُ إلى المجموعة { $group }، ورقمها { $id }. هل أجيب فيها؟
approved = تمت الموافقة على المجموعة { $group }، وسأجيب فيها.
left-group = غادرتُ المجموعة { $group }.

## Limits and faults

limited-private =
    وصلتني منك أسئلة كثيرة في وقت قصير. أعد المحاولة من فضلك { $seconds ->
        [zero] بعد لحظات.
        [one] بعد ثانية واحدة.
        [two] بعد ثانيتين.
        [few] بعد { $seconds } ثوانٍ.
        [many] بعد { $seconds } ثانية.
       *[other] بعد { $seconds } ثانية.
    }
limited-group = وصلتني أسئلة كثيرة من هذه المجموعة. سأعود إلى الإجابة بعد قليل.
asked-while-away = وصل سؤالك أثناء توقّفي ومضى عليه وقت. أعد إرساله من فضلك إن كنت لا تزال تحتاج إلى جوابه.
not-now = لا أستطيع ذلك الآن لعطل مؤقت في قاعدة البيانات، لكنني ما زلت أجيب عن الأسئلة. أعد المحاولة بعد قليل من فضلك.
database-lost = قاعدة البيانات متوقّفة الآن، فأجيب عن الأسئلة من نسخة منها، ولا يمكن تغيير شيء إلى أن تعود. عدد ما ينتظر الحفظ: { $number }
text-only = أقرأ الأسئلة المكتوبة فقط. اكتب سؤالك بالعربية من فضلك.
error = حدث خطأ فلم أستطع الإجابة. أعد المحاولة بعد قليل من فضلك. رقم الخطأ: { $id }

## What Telegram shows of the bot

command-start = البداية وأسئلة للتجربة
command-ask = اسأل التقارير
command-new = ابدأ حديثًا جديدًا
command-documents = قائمة التقارير
command-why = من أين جاء الجواب
command-help = المساعدة
command-privacy = ما أحفظه ومدة حفظه
command-forget = احذف ما يُحفظ عنك
bot-description =
    دليل يجيب عن الأسئلة العربية من التقارير الحكومية: بنصّ التقرير كما هو، مع مصدره وتاريخه.

    اكتب سؤالك، وتابع بعده بسؤال قصير إن شئت. وإن لم تذكر التقارير جوابًا قال لك ذلك.
bot-short-description = أسئلتك بالعربية، وأجوبتها من التقارير الحكومية بنصّها ومصدرها.

## Counted things

count-pages =
    { $count ->
        [zero] لا صفحات
        [one] صفحة واحدة
        [two] صفحتان
        [few] { $count } صفحات
        [many] { $count } صفحة
       *[other] { $count } صفحة
    }
count-words =
    { $count ->
        [zero] لا كلمات
        [one] كلمة واحدة
        [two] كلمتان
        [few] { $count } كلمات
        [many] { $count } كلمة
       *[other] { $count } كلمة
    }
count-passages =
    { $count ->
        [zero] لا مقاطع
        [one] مقطع واحد
        [two] مقطعان
        [few] { $count } مقاطع
        [many] { $count } مقطعًا
       *[other] { $count } مقطع
    }
count-documents =
    { $count ->
        [zero] لا تقارير
        [one] تقرير واحد
        [two] تقريران
        [few] { $count } تقارير
        [many] { $count } تقريرًا
       *[other] { $count } تقرير
    }
count-seconds =
    { $count ->
        [zero] أقل من ثانية
        [one] ثانية واحدة
        [two] ثانيتان
        [few] { $count } ثوانٍ
        [many] { $count } ثانية
       *[other] { $count } ثانية
    }
count-minutes =
    { $count ->
        [zero] أقل من دقيقة
        [one] دقيقة واحدة
        [two] دقيقتان
        [few] { $count } دقائق
        [many] { $count } دقيقة
       *[other] { $count } دقيقة
    }

## Administrators: documents sent in

staged-reading = أقرأ ما أرسلت…
staged-file = الملف: { $name }
staged-place = المكان: { $place }
staged-date = التاريخ: { $date }
staged-address = الرابط: { $address }
staged-language = اللغة: { $name }
language-arabic = العربية
language-english = الإنجليزية
language-unknown = غير معروفة
staged-for-all = الجمهور: الجميع
staged-for-officials = الجمهور: المسؤولون فقط
staged-beginning = بداية النص كما قرأتُه:
staged-replaces = يحلّ محلّ التقرير: { $name }
doubt-reversed = يبدو أن حروف النص معكوسة. راجع بدايته قبل النشر.
doubt-near = نسبة { $percent } من هذا النص موجودة حرفيًا في التقرير: { $name }
doubt-not-arabic = لا يبدو أن النص بالعربية، والأسئلة تُطرح بها.
caption-fault = لم أفهم السطر { $line } من التعليق: { $reason }
caption-closed = إلى أن تصحّحه بالزر «عدّل العنوان» يبقى التقرير للمسؤولين فقط.
fault-unknown = لا يبدأ باسم أعرفه، مثل «المكان:» أو «التاريخ:».
fault-twice = ذُكر هذا من قبل.
fault-empty = لا شيء بعد النقطتين.
fault-date = ليس هذا تاريخًا. اكتبه مثل: 27 ديسمبر 2024
fault-url = ليس هذا رابطًا.
fault-audience = الجمهور إما «الجميع» وإما «المسؤولون».
fault-title = هذا أطول مما ينبغي.
file-too-large = الملف { $name } أكبر من 20 ميغابايت، وهو أقصى ما يسلّمه تيليغرام إلى البوتات. ضعه على الخادم في المجلد { $folder } ثم أرسل { -staged } واختر «حدّث من المجلد».
file-over-limit = الملف { $name } أكبر من الحدّ المضبوط، وهو { $number } ميغابايت.
staged-heading =
    { $count ->
        [zero] لا ملفات تنتظر النشر.
        [one] ينتظر النشر ملف واحد:
        [two] ينتظر النشر ملفان:
        [few] ينتظر النشر { $count } ملفات:
        [many] ينتظر النشر { $count } ملفًا:
       *[other] ينتظر النشر { $count } ملف:
    }
staged-how = أرسل ملفًا (PDF أو Word أو نصًّا أو صفحة ويب) لأضيفه. واكتب عنوانه في التعليق إن شئت.
staged-refused = لا يمكن نشره
staged-gone = لم يعد هذا الملف في الانتظار: نُشر أو أُلغي.
discard-ask = هل أحذف الملف { $name }؟ لم يُنشر بعد، ولا يمكن استرجاعه.
discarded = أُلغي الملف { $name } ولم يُنشر.
retitle-prompt = اكتب العنوان الجديد للملف { $name } ردًّا على هذه الرسالة. ويمكنك أن تضيف أسطرًا تبدأ بـ «المكان:» أو «التاريخ:» أو «الرابط:» أو «الجمهور:». رقم الملف: { $id }
retitle-placeholder = العنوان الجديد
button-publish = انشر
button-publish-all = انشر الكل
button-folder = حدّث من المجلد
button-retitle = عدّل العنوان
button-discard = ألغِ
button-discard-yes = نعم، احذفه
button-replace = اجعله محلّ التقرير المشابه
button-keep-both = أبقِ التقريرين معًا
button-staged = كل الملفات المنتظرة
staged-known = هذا الملف ينتظر النشر من قبل، فلم أُضِفه مرة ثانية.
staged-kept-closed = يبقى للمسؤولين فقط كما قيل عنه من قبل. لتغيير ذلك اضغط «عدّل العنوان».
doubt-same = نصّ هذا الملف كله منشور من قبل في التقرير: { $name }
doubt-waiting = هذا الملف يشبه ملفًا منتظرًا: { $name }
doubt-wider = التقرير الذي يحلّ هذا محلّه للمسؤولين فقط، أما هذا فسيراه الجميع.
for-officials-only = للمسؤولين فقط
album-heading =
    { $count ->
        [zero] لم يعد ينتظر النشر شيء مما أُرسل معًا.
        [one] ينتظر النشر ملف واحد مما أُرسل معًا:
        [two] ينتظر النشر ملفان أُرسلا معًا:
        [few] ينتظر النشر { $count } ملفات أُرسلت معًا:
        [many] ينتظر النشر { $count } ملفًا أُرسلت معًا:
       *[other] ينتظر النشر { $count } ملف أُرسلت معًا:
    }
button-publish-album = انشر هذه الملفات
caption-late = لم يعد هذا الملف في الانتظار، فلم يغيّر تعديل التعليق شيئًا.
send-as-file = لا أقرأ النصّ في الصور. أرسل التقرير ملفًا لا صورة.

## Administrators: what will change

change-heading = ما سيتغيّر في المكتبة:
change-new = تقارير جديدة: { $number }
change-changed = تقارير تتغيّر: { $number }
change-removed = تقارير تُسحب: { $number }
change-unchanged = تقارير تبقى كما هي: { $number }
change-refused = ملفات لا يمكن قراءتها: { $number }
change-passages = يُفهرس: { $passages }
change-time = الوقت المتوقّع: { $span }
change-time-unknown = الوقت المتوقّع غير معروف بعد.
change-nothing = لا شيء يتغيّر.
change-impossible = لا يمكن ذلك: { $reason }
change-other = تغيّرت الملفات بعد عرض هذا. راجع ما سيتغيّر من جديد.
button-back = عُد
button-build = ابدأ التحديث
button-cancel = ألغِ

## Administrators: updates under way

job-behind =
    { $count ->
        [zero] التحديث في الانتظار، ودوره قريب.
        [one] التحديث في الانتظار، وقبله تحديث واحد.
        [two] التحديث في الانتظار، وقبله تحديثان.
        [few] التحديث في الانتظار، وقبله { $count } تحديثات.
        [many] التحديث في الانتظار، وقبله { $count } تحديثًا.
       *[other] التحديث في الانتظار، وقبله { $count } تحديث.
    }
job-behind-decision = ينتظر تحديث سابق قرارًا. لعرضه: { -jobs }
job-begun = بدأ التحديث.
step-read = أقرأ التقارير وأفهرسها
step-index = أبني فهرس البحث
step-verify = أتحقق من الفهرس الجديد
job-count = أُنجز { $number } من { $total }
job-left = الوقت المتبقّي: { $span }
job-switching = أبدّل إلى المكتبة الجديدة…
job-done = تمّ التحديث، وهذه النسخة { $number } من المكتبة.
job-holds = فيها: { $facts }
job-took = استغرق التحديث: { $span }
job-unchanged = لم يتغيّر شيء: المكتبة مطابقة للملفات.
job-refused = ملفات لم أستطع قراءتها:
job-stopped = أُوقف التحديث، وبقيت المكتبة كما كانت.
job-failed = لم يتمّ التحديث، وبقيت المكتبة كما كانت. السبب: { $reason }
job-interrupted = انقطع التحديث مرارًا فأُوقف، وبقيت المكتبة كما كانت.
job-worse =
    { $count ->
        [zero] لا سؤال يسوء جوابه.
        [one] لم يعد صحيحًا في المكتبة الجديدة الجواب عن سؤال واحد:
        [two] لم يعد صحيحًا في المكتبة الجديدة الجواب عن سؤالين:
        [few] لم يعد صحيحًا في المكتبة الجديدة الجواب عن { $count } أسئلة:
        [many] لم يعد صحيحًا في المكتبة الجديدة الجواب عن { $count } سؤالًا:
       *[other] لم يعد صحيحًا في المكتبة الجديدة الجواب عن { $count } سؤال:
    }
job-decide = لم أبدّل المكتبة، وأنتظر قرارك.
jobs-none = لا تحديث جاريًا ولا منتظرًا.
job-over = انتهى هذا التحديث من قبل.
job-busy = تحديث آخر جارٍ الآن. أعد المحاولة بعد قليل من فضلك.
button-stop = أوقف
button-switch = بدّل على أي حال
staged-under-way = هذا الملف في تحديث جارٍ. لتغييره أو إلغائه أوقف التحديث أولًا.
change-orphans = تُضاف جديدةً لأن ما كانت ستحلّ محلّه لم يعد في المكتبة: { $number }
trouble-gone = الملف «{ $name }» لم يعد في الانتظار: نُشر أو أُلغي.
trouble-restored = أُوقف التحديث عند استعادة النسخة الاحتياطية.
version-unknown = لا نسخة محفوظة بهذا الرقم. اختر من النسخ المحفوظة.
invitation-unneeded = أنت مشرف، فلم تُستعمل الدعوة، وما زالت صالحة لغيرك.

## Administrators: why a file cannot be taken

reason-empty = الملف فارغ: تحقّق منه ثم أرسله من جديد.
reason-no-text = لا نصّ في الملف: أرسل نسخة فيها نصّ.
reason-locked = الملف محميّ بكلمة سرّ: أزلها ثم أرسله من جديد.
reason-cut-off = الملف تالف أو مقطوع قبل نهايته: انسخه أو نزّله من جديد ثم أرسله.
reason-not-text = ليس هذا ملفًا نصّيًا وإن دلّ اسمه على ذلك: أرسل الملف الأصلي.
reason-damaged-text = في النص حرف تالف عند البايت { $byte }: صحّحه، أو احفظ الملف من جديد بترميز UTF-8.
reason-unknown-encoding = لا يُعرف ترميز النص: احفظ الملف بترميز UTF-8 ثم أرسله.
reason-either-encoding = النص أقصر من أن يُعرف ترميزه: احفظ الملف بترميز UTF-8 ثم أرسله.
reason-wrong-encoding = يذكر الملف أن ترميزه { $encoding } وليس كذلك: احفظه بترميز UTF-8 ثم أرسله.
reason-not-word = ليس هذا مستند Word: افتحه في Word واحفظه بصيغة docx ثم أرسله.
reason-old-word = هذا ملف Word بالصيغة القديمة doc: افتحه في Word واحفظه بصيغة docx ثم أرسله.
reason-damaged-word = الملف تالف من داخله: افتحه في Word واحفظه من جديد ثم أرسله.
reason-strange-part = في الملف ما لا يكتبه Word: افتحه في Word واحفظه من جديد ثم أرسله.
reason-strange-packing = الملف محميّ بكلمة سرّ أو مضغوط على غير طريقة Word: افتحه في Word واحفظه من جديد ثم أرسله.
reason-unpacks-to-too-much = حجم الملف بعد فكّ ضغطه { $unpacked } ميغابايت، والحدّ { $limit }: قسّمه أو أزل صوره ثم أرسله.
reason-packed-too-tightly = يكبر الملف عند فكّ ضغطه من { $packed } إلى { $unpacked } ميغابايت، ولا يكون هذا في تقرير: أرسل الملف الأصلي.
reason-not-pdf = ليس هذا ملف PDF وإن دلّ اسمه على ذلك: أرسل الملف الأصلي.
reason-damaged-pdf = الملف تالف: صدّره من جديد ثم أرسله.
reason-too-deep = بنية الملف أكبر أو أعقد من أن تُقرأ: صدّره من جديد أو قسّمه.
reason-no-pages = لا صفحات في الملف: صدّره من جديد ثم أرسله.
reason-too-many-pages =
    { $count ->
        [zero] لا يُقبل في الملف أي صفحة.
        [one] في الملف أكثر من صفحة واحدة: قسّمه إلى ملفات أصغر.
        [two] في الملف أكثر من صفحتين: قسّمه إلى ملفات أصغر.
        [few] في الملف أكثر من { $count } صفحات: قسّمه إلى ملفات أصغر.
        [many] في الملف أكثر من { $count } صفحة: قسّمه إلى ملفات أصغر.
       *[other] في الملف أكثر من { $count } صفحة: قسّمه إلى ملفات أصغر.
    }
reason-scanned = صفحات الملف صور بلا نصّ ({ $bare } من { $pages }): أرسل نسخة نصّية يمكن تحديد كلماتها.
reason-without-letters = لا نصّ في صفحات الملف ({ $bare } من { $pages }): أرسل نسخة نصّية يمكن تحديد كلماتها.
reason-damaged-page = الصفحة { $page } تالفة: صدّر الملف من جديد ثم أرسله.
reason-crowded-page = في الصفحة { $page } حروف أكثر مما تسعه صفحة: صدّر الملف من جديد أو احذفها منه.
reason-unnamed-letters = لا تُعرف حروف الصفحة { $page } من أشكالها: صدّر الملف من جديد بخطّ آخر.
reason-unknown-coding = حروف الصفحة { $page } بترميز غير معروف: صدّر الملف من جديد ثم أرسله.
reason-reversed = حروف الصفحة { $page } معكوسة: أرسل المستند الأصلي بدل هذا الملف.
reason-unknown-kind = نوع الملف غير معروف. الأنواع المعروفة: { $known }
reason-too-much-memory = تحتاج قراءة الملف إلى ذاكرة أكبر من المتاحة: قسّمه إلى ملفات أصغر.
reason-too-slow =
    { $seconds ->
        [zero] لم تنتهِ قراءة الملف في وقتها: قسّمه إلى ملفات أصغر.
        [one] لم تنتهِ قراءة الملف في ثانية واحدة: قسّمه إلى ملفات أصغر.
        [two] لم تنتهِ قراءة الملف في ثانيتين: قسّمه إلى ملفات أصغر.
        [few] لم تنتهِ قراءة الملف في { $seconds } ثوانٍ: قسّمه إلى ملفات أصغر.
        [many] لم تنتهِ قراءة الملف في { $seconds } ثانية: قسّمه إلى ملفات أصغر.
       *[other] لم تنتهِ قراءة الملف في { $seconds } ثانية: قسّمه إلى ملفات أصغر.
    }
reason-reader-failed = تعذّرت قراءة الملف، وقد يكون تالفًا: احفظه من جديد ثم أرسله.
reason-reader-not-started = لم يبدأ قارئ الملفات: أعد المحاولة بعد قليل من فضلك.
reason-reading-stopped = أُوقفت قراءة الملف قبل نهايتها: أعد المحاولة من فضلك.
reason-cannot-be-opened = لا يمكن فتح الملف على الخادم: { $text }
reason-missing = الملف غير موجود على الخادم.
reason-no-permission = لا إذن لي بقراءة الملف: غيّر أذونه على الخادم.
reason-unshowable-name = في اسم الملف رموز لا تُعرض: غيّر اسمه على الخادم.
reason-same-name = للملف اسم ملف آخر أُخذ قبله، وهو { $other }: غيّر اسم أحدهما على الخادم.
reason-not-ordinary = ليس هذا ملفًا عاديًا، بل أنبوب أو مقبس أو جهاز: أزله من المجلد على الخادم.
reason-too-large = حجم الملف { $size } ميغابايت، والحدّ { $limit }: قسّمه أو أزل صوره.
reason-link-to-nothing = هذا رابط إلى ملف لا وجود له: أزله من المجلد على الخادم.
reason-link-to-itself = هذا رابط يعود إلى نفسه: أزله من المجلد على الخادم.
reason-link-to-its-folder = هذا رابط إلى المجلد الذي يحويه: أزله على الخادم.
reason-not-understood = لا يمكن فهم ما كُتب فيه: { $text }
reason-no-letters = لا حروف في الاسم { $spelling }: صحّحه أو احذفه.
reason-two-places = الاسم { $spelling } فيه لمكانين، هما { $first } و{ $second }: أبقِه لأحدهما.

## Administrators: why a change cannot be made

trouble-unpublishable = الملف { $name } غير صالح للنشر. { $reason }
trouble-beside = الملف { $name } على الخادم غير سليم. { $reason }
trouble-nothing-to-index = لا تقرير يمكن قراءته في المجلد.
trouble-not-staged = أحد الملفات لم يعد في الانتظار: نُشر أو أُلغي.
trouble-unknown-document = التقرير { $name } لم يعد في المكتبة.
trouble-stale = تغيّرت المكتبة أو ملفاتها أثناء التحديث: اطلبه من جديد.
trouble-lost-document = لا يجد الفهرس الجديد التقرير { $name }، فلم يُستعمل. اطلب التحديث من جديد.
trouble-damaged = النسخة { $number } من المكتبة تالفة. ارجع إلى نسخة أخرى، أو ابنِ المكتبة من جديد على الخادم.
trouble-unknown-generation = لم تعد هذه النسخة من المكتبة محفوظة: اطلب التحديث من جديد.
trouble-other-model = بُنيت المكتبة بنموذج بحث غير المضبوط الآن: أعد ضبطه، أو ابنِ المكتبة من جديد على الخادم.
trouble-no-model = لا يمكن تحميل نموذج البحث { $name }: { $text }
trouble-no-room = القرص ممتلئ: أفرغ منه على الخادم ثم اطلب التحديث من جديد.
trouble-no-memory = لم تكفِ ذاكرة الخادم: أعد المحاولة بعد قليل من فضلك.
trouble-system = خطأ في النظام: { $text }

## Administrators: the library and its versions

document-pick = لسحب تقرير أو رؤية تفاصيله اضغط رقمه.
document-gone = لم يعد هذا التقرير في المكتبة.
button-withdraw = اسحب
button-documents = قائمة التقارير
generations-heading = نسخ المكتبة المحفوظة:
generation-line = النسخة { $number }: { $facts }
generation-live = هي الحالية
generation-built = بُنيت { $day } بالتوقيت العالمي
generation-damaged = تالفة
generation-none = لا نسخة سابقة يمكن الرجوع إليها.
rollback-ask = هل أرجع بالمكتبة إلى النسخة { $number }؟ ترجع معها ملفات التقارير كما كانت.
rollback-back = تقارير تعود: { $number }
rollback-other-content = تقارير يعود نصّها السابق: { $number }
rollback-gone = تقارير تخرج: { $number }
rollback-same = التقارير نفسها في النسختين.
rollback-done = رجعت المكتبة إلى النسخة { $number }.
rollback-left = ملفات تركتُها كما هي لأن أحدًا غيّرها على الخادم:
rollback-impossible = لا يمكن الرجوع إلى النسخة { $number }.
rollback-other = تغيّرت النسخة الحالية بعد عرض هذا. أرسل الأمر من جديد.
button-rollback = ارجع إلى النسخة { $number }

## Administrators: questions that must stay answered

canary-how = للحفاظ على جواب جيد ردّ عليه بالأمر { -canary } أضف فأجرّب سؤاله قبل كل تبديل. ولحذفه من القائمة ردّ عليه بالأمر { -canary } احذف
canary-count =
    { $count ->
        [zero] لا أسئلة في القائمة بعد.
        [one] في القائمة سؤال واحد:
        [two] في القائمة سؤالان:
        [few] في القائمة { $count } أسئلة:
        [many] في القائمة { $count } سؤالًا:
       *[other] في القائمة { $count } سؤال:
    }
canary-added = أضفتُ السؤال. يجب أن يبقى جوابه من التقرير: { $name }
canary-known = هذا السؤال في القائمة من قبل.
canary-no-answer = ليست هذه الرسالة جوابًا من التقارير أستطيع إضافته.
canary-not-now = لا يأتي جواب هذا السؤال اليوم من التقرير نفسه حين يُسأل وحده، فلم أضفه.
canary-removed = حذفتُ السؤال من القائمة.
canary-unknown = ليس هذا السؤال في القائمة.

## Administrators: what Telegram shows

command-staged = الملفات التي تنتظر النشر
command-jobs = التحديثات الجارية والمنتظرة
command-generations = نسخ المكتبة المحفوظة
command-rollback = ارجع بالمكتبة إلى نسخة سابقة
command-canary = أسئلة تُجرَّب قبل كل تبديل

## The terminal

terminal-welcome = دليل: اسأل بالعربية، وأجيبك من التقارير بنصّها. لبدء حديث جديد: { -new }. للخروج: Ctrl+D
terminal-prompt = سؤالك:

## People with rights

role-citizen = مواطن
role-official = مسؤول
role-administrator = مشرف
administrators-only = هذا للمشرفين فقط.
invite-whom = ما صفة من تدعوه؟ المسؤول يُجاب من التقارير المخصصة للمسؤولين أيضًا، والمشرف يدير التقارير والأشخاص.
invitation = دعوة تُستعمل مرة واحدة خلال 48 ساعة، وصفة من يفتح رابطها أولًا: { $role }. أرسل إليه هذا الرابط:
invitation-worthless = هذه الدعوة غير صالحة: ربما استُعملت من قبل أو انتهت مدتها. اطلب من المشرف دعوة جديدة.
welcome-official = أهلًا بك، أصبحت مسؤولًا: أجيبك هنا من التقارير المخصصة للمسؤولين أيضًا.
welcome-administrator = أهلًا بك، أصبحت مشرفًا. تجد أوامر المشرفين في قائمة الأوامر.
invitation-accepted = قبل { $name } دعوتك، ورقمه { $id }. صفته الآن: { $role }.
people-heading =
    { $count ->
        [zero] لا أحد له صلاحيات.
        [one] شخص واحد له صلاحيات:
        [two] شخصان لهما صلاحيات:
        [few] أصحاب الصلاحيات { $count } أشخاص:
        [many] أصحاب الصلاحيات { $count } شخصًا:
       *[other] أصحاب الصلاحيات { $count } شخص:
    }
person-of-role = رقم { $id }: { $name }، { $role }
person-by-settings = رقم { $id }: { $name }، { $role } بحسب الإعدادات
dismiss-whom = هل تُزال صلاحيات { $name }، ورقمه { $id }؟ صفته الآن: { $role }.
dismissed = أُزيلت صلاحياتك في هذا البوت.
irremovable = هذا المشرف محدد في الإعدادات، ولا يُزال إلا منها.
last-administrator = هذا آخر مشرف. اجعل غيره مشرفًا أولًا.
button-dismiss = أزل { $name }
button-dismiss-yes = نعم، أزل صلاحياته
button-dismiss-no = لا، عُد
audit-heading = سجل ما فعله أصحاب الصلاحيات، بالتوقيت العالمي:
audit-empty = لا شيء في السجل بعد.
audit-terminal = سطر الأوامر
audit-invited = دعوة من { $who } لصفة: { $role }
audit-accepted = قبول { $whom } دعوةً، وصفته الآن: { $role }
audit-role = تغيير من { $who } لصفة { $whom }، من { $before } إلى { $role }
audit-invitations-withdrawn = إلغاء { $who } الدعوات التي لم تُستعمل
audit-asked = طلب { $who } تحديثًا للمكتبة
audit-stopped = إيقاف { $who } تحديثًا للمكتبة
audit-dropped = ترك { $who } تحديثًا للمكتبة كان ينتظر القرار
audit-switched = اعتماد { $who } تحديثًا للمكتبة مع أسئلة لم تعد تُجاب
audit-rolled-back = إرجاع { $who } المكتبة إلى النسخة { $number }
audit-discarded = إلغاء { $who } ملفًا لم يُنشر: { $name }
audit-canary-added = إضافة { $who } سؤالًا يُجرَّب قبل كل تبديل: { $question }
audit-canary-removed = حذف { $who } سؤالًا كان يُجرَّب قبل كل تبديل: { $question }
audit-publishing = نشر { $names }
audit-withdrawing = سحب { $names }
audit-from-folder = ما في المجلد
audit-other = عمل من { $who }: { $deed }
command-invite = ادعُ مسؤولًا أو مشرفًا
command-people = أصحاب الصلاحيات
command-audit = سجل ما فعله أصحاب الصلاحيات

## What people could not find

unanswered-heading = ما لم يجد الناس جوابه:
unanswered-none = لا أسئلة تنتظر تقريرًا.
unanswered-people =
    { $count ->
        [zero] لم يسأل عنه أحد:
        [one] سأل عنه شخص واحد:
        [two] سأل عنه شخصان:
        [few] سأل عنه { $count } أشخاص:
        [many] سأل عنه { $count } شخصًا:
       *[other] سأل عنه { $count } شخص:
    }
button-added = أضفت تقريرًا
button-ignore = تجاهل
audit-added = إضافة { $who } تقريرًا لأسئلة بلا جواب
audit-ignored = تجاهل { $who } أسئلة بلا جواب
news-heading = صار لسؤالك جواب
news-question = سألت من قبل: { $question }
button-quiet = لا تخبرني بعد اليوم
button-not-quiet = أخبرني من جديد
quiet-on = لن أخبرك بعد اليوم بأجوبة أسئلتك السابقة.
quiet-off = سأخبرك من جديد إن صار لسؤال من أسئلتك جواب.
command-unanswered = ما لم يجد الناس جوابه

## Health

count-gigabytes = { $number } غيغابايت
count-megabytes = { $number } ميغابايت
count-kilobytes = { $number } كيلوبايت
status-heading = حال دليل:
status-generation = نسخة المكتبة: { $number }، بُنيت { $day } بالتوقيت العالمي
status-documents = التقارير: { $documents }، والمقاطع: { $passages }
status-disk = المتاح على القرص: { $free }، وحجم الفهرس: { $size }
status-memory = ذاكرة البرنامج: { $size }
status-versions = الإصدارات: { $versions }
status-queue = تحديثات لم تنتهِ: { $number }
status-failed = تحديث لم يتمّ في { $day }: { $problem }
status-faults = أخطاء منذ التشغيل: { $number }
alarm-disk = قلّت المساحة على القرص، والمتاح منها { $free }. أفسح مكانًا، فقد يتعذّر تحديث المكتبة وحفظ الأسئلة.
alarm-build = لم يتمّ تحديث المكتبة، وبقيت كما كانت. السبب: { $problem }
backup-whole = نسخة احتياطية كاملة من التقارير وفهرسها وحال البوت. احفظها في مكان آمن، ففيها أسئلة الناس.
backup-without-index = نسخة احتياطية من التقارير وحال البوت دون الفهرس لكبر حجمه، ويُبنى من جديد عند استعادتها. احفظها في مكان آمن، ففيها أسئلة الناس.
backup-incomplete = لا تضم هذه النسخة تقارير فُهرست من مجلد آخر: { $names }
backup-too-large = النسخة الاحتياطية أكبر مما يُرسل في تيليغرام، وحجمها { $size }. استعمل من سطر الأوامر: { $command }
backup-no-room = لا مكان على القرص لنسخة احتياطية. المتاح: { $free }
backup-under-way = تُعدّ الآن نسخة احتياطية. انتظر حتى تصل من فضلك.
audit-backup = أخذ { $who } نسخة احتياطية
command-status = حال دليل
command-backup = نسخة احتياطية

## The digest of a week

digest-heading = دليل في سبعة أيام: من { $first } إلى { $last }
digest-none = لم يُطرح أي سؤال في هذه الأيام.
digest-questions =
    { $count ->
        [zero] لم يُطرح أي سؤال
        [one] طُرح سؤال واحد
        [two] طُرح سؤالان
        [few] طُرحت { $count } أسئلة
        [many] طُرح { $count } سؤالًا
       *[other] طُرح { $count } سؤال
    }
digest-people =
    { $count ->
        [zero] لا يُعرف كم شخصًا سأل
        [one] سأل شخص واحد
        [two] سأل شخصان
        [few] سأل { $count } أشخاص
        [many] سأل { $count } شخصًا
       *[other] سأل { $count } شخص
    }
digest-answer = أجابت عنها التقارير: { $number } ({ $percent })
digest-related = عُرضت أقرب المقاطع: { $number } ({ $percent })
digest-without = بلا جواب: { $number } ({ $percent })
digest-before = في الأسبوع السابق: { $number }
digest-satisfied = الرضا: { $percent } (👍 { $up } 👎 { $down })
digest-unrated = لم يقيّم أحد الأجوبة
digest-documents = أكثر التقارير جوابًا:
digest-document = من { $name }: { $answers }
digest-slowest = أبطأ الأجوبة:
digest-slow = خلال { $took } ثانية: { $question }
chart-heading = الأسئلة في كل يوم
chart-answer = جواب
chart-related = أقرب المقاطع
chart-without = بلا جواب
count-answers =
    { $count ->
        [zero] لا أجوبة
        [one] جواب واحد
        [two] جوابان
        [few] { $count } أجوبة
        [many] { $count } جوابًا
       *[other] { $count } جواب
    }
command-digest = ملخص الأيام السبعة الأخيرة
