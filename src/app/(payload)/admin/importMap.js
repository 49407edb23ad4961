import { StoryStanding as StoryStanding_afc329f5d8eefdcce29c4d485c58af33 } from '../../../signoff/ui/story-standing'
import { FlagCell as FlagCell_d8e307b994098bd907ea069f3b379b5d } from '../../../people/ui/cells'
import { RevisionField as RevisionField_7549877efea83e2abef993fcc58817b6 } from '../../../stories/ui/revision-field'
import { TimeCell as TimeCell_d8e307b994098bd907ea069f3b379b5d } from '../../../people/ui/cells'
import { SavedTime as SavedTime_d8e307b994098bd907ea069f3b379b5d } from '../../../people/ui/cells'
import { StoryBar as StoryBar_db27c70919d84f696473c97b136da92b } from '../../../signoff/ui/story-bar'
import { StorySave as StorySave_c4088f80513f98b6ce968a9ad4a96b17 } from '../../../signoff/ui/story-save'
import { ActionCell as ActionCell_6129eb128154edd63d822601d53fb4c3 } from '../../../signoff/ui/audit-cells'
import { OutcomeCell as OutcomeCell_6129eb128154edd63d822601d53fb4c3 } from '../../../signoff/ui/audit-cells'
import { StoryCell as StoryCell_6129eb128154edd63d822601d53fb4c3 } from '../../../signoff/ui/audit-cells'
import { Nav as Nav_301008f7817a67083accc8739fbb15c1 } from '../../../people/ui/nav'
import { DemoBar as DemoBar_e441ba454c5865d98b60551cac4b927a } from '../../../people/ui/demo-bar'
import { Icon as Icon_5fe78bd1dc77843b9e9fa230a15dc0d2 } from '../../../people/ui/mark'
import { Logo as Logo_5fe78bd1dc77843b9e9fa230a15dc0d2 } from '../../../people/ui/mark'
import { SignInHelp as SignInHelp_29d231e6064da7748ee94f3a8d12004f } from '../../../people/ui/sign-in-help'
import { DeskBoard as DeskBoard_6a766e7c9f5dd773c8c33e2c438ccc48 } from '../../../signoff/ui/desk-board'
import { CaptionsView as CaptionsView_5da11d2b7ebd8620cd0e4ce6d7a25683 } from '../../../captions/ui/captions-view'
import { ReviewView as ReviewView_0ba72025a158fd9624be239a274fc90a } from '../../../deliveries/ui/review-view'
import { DeliveriesView as DeliveriesView_02285ad244f9d0d69ff7f5daf8aa6329 } from '../../../deliveries/ui/deliveries-view'
import { TranscodesView as TranscodesView_5a593d4c46c66efc0e376729d651e1a4 } from '../../../assets/ui/transcodes-view'
import { LibraryView as LibraryView_550c1ea712e8e5bd7662216653471153 } from '../../../library/ui/library-view'
import { ChannelsView as ChannelsView_86e953518502a69f24cec109ef8fde42 } from '../../../deliveries/ui/channels-view'
import { CollectionCards as CollectionCards_f9c02e79a4aed9a3924487c0cd4cafb1 } from '@payloadcms/next/rsc'

/** @type import('payload').ImportMap */
export const importMap = {
  "/signoff/ui/story-standing#StoryStanding": StoryStanding_afc329f5d8eefdcce29c4d485c58af33,
  "/people/ui/cells#FlagCell": FlagCell_d8e307b994098bd907ea069f3b379b5d,
  "/stories/ui/revision-field#RevisionField": RevisionField_7549877efea83e2abef993fcc58817b6,
  "/people/ui/cells#TimeCell": TimeCell_d8e307b994098bd907ea069f3b379b5d,
  "/people/ui/cells#SavedTime": SavedTime_d8e307b994098bd907ea069f3b379b5d,
  "/signoff/ui/story-bar#StoryBar": StoryBar_db27c70919d84f696473c97b136da92b,
  "/signoff/ui/story-save#StorySave": StorySave_c4088f80513f98b6ce968a9ad4a96b17,
  "/signoff/ui/audit-cells#ActionCell": ActionCell_6129eb128154edd63d822601d53fb4c3,
  "/signoff/ui/audit-cells#OutcomeCell": OutcomeCell_6129eb128154edd63d822601d53fb4c3,
  "/signoff/ui/audit-cells#StoryCell": StoryCell_6129eb128154edd63d822601d53fb4c3,
  "/people/ui/nav#Nav": Nav_301008f7817a67083accc8739fbb15c1,
  "/people/ui/demo-bar#DemoBar": DemoBar_e441ba454c5865d98b60551cac4b927a,
  "/people/ui/mark#Icon": Icon_5fe78bd1dc77843b9e9fa230a15dc0d2,
  "/people/ui/mark#Logo": Logo_5fe78bd1dc77843b9e9fa230a15dc0d2,
  "/people/ui/sign-in-help#SignInHelp": SignInHelp_29d231e6064da7748ee94f3a8d12004f,
  "/signoff/ui/desk-board#DeskBoard": DeskBoard_6a766e7c9f5dd773c8c33e2c438ccc48,
  "/captions/ui/captions-view#CaptionsView": CaptionsView_5da11d2b7ebd8620cd0e4ce6d7a25683,
  "/deliveries/ui/review-view#ReviewView": ReviewView_0ba72025a158fd9624be239a274fc90a,
  "/deliveries/ui/deliveries-view#DeliveriesView": DeliveriesView_02285ad244f9d0d69ff7f5daf8aa6329,
  "/assets/ui/transcodes-view#TranscodesView": TranscodesView_5a593d4c46c66efc0e376729d651e1a4,
  "/library/ui/library-view#LibraryView": LibraryView_550c1ea712e8e5bd7662216653471153,
  "/deliveries/ui/channels-view#ChannelsView": ChannelsView_86e953518502a69f24cec109ef8fde42,
  "@payloadcms/next/rsc#CollectionCards": CollectionCards_f9c02e79a4aed9a3924487c0cd4cafb1
}
